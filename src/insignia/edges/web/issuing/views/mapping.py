"""Say which column of a roster means what."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from insignia.core.errors import Conflict, Rejected
from insignia.domain.awards import actions, finding, queries
from insignia.edges.web import http
from insignia.edges.web.words import translated

from ..mapping_form import MappingForm
from ..pages import page


def choose(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form; the choice is remembered for files with the same headings."""
    by = http.actor(request)
    batch = queries.batch_for(by, public_id)
    here = ("issuing:batch", batch.achievement.institution.slug, batch.public_id)
    if batch.file is None:
        return redirect(*here)
    form = MappingForm(request.POST or None, headings=finding.headings(batch), batch=batch)
    if request.method == "POST" and form.is_valid():
        try:
            actions.remap_batch(by=by, batch=batch, mapping=form.mapping(), awarded_on=form.cleaned_data["default_day"])
            return redirect(*here)
        except (Conflict, Rejected) as error:
            form.add_error(None, translated(error))
    context = {"batch": batch, "achievement": batch.achievement, "form": form}
    return page(request, "mapping.html", context, status=422 if form.is_bound else 200)
