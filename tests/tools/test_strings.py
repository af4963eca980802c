"""Words for translators are found in sources and templates; the pseudo language changes words and nothing else."""

from io import BytesIO

from tests.support.pseudo import unbracketed
from tools import strings


def extracted(template: str) -> list[object]:
    found = strings.extract_template(BytesIO(template.encode()), strings.KEYWORDS, (), {})
    return [message for _line, _function, message, _comments in found]


def test_templates_give_their_words_with_plural_and_context() -> None:
    template = """<p title="{% translate "Hello" %}">
      {% blocktranslate count n=items|length trimmed %}
        One {{ n }} thing
      {% plural %}
        {{ n }} things
      {% endblocktranslate %} it's ( "odd
      {% blocktranslate context "verb" %}Award{% endblocktranslate %}"""
    messages = extracted(template)
    assert messages[0] == "Hello"
    assert messages[1][:2] == ("One %(n)s thing", "%(n)s things")
    assert messages[2] == ("verb", "Award")


def test_a_message_of_the_core_is_collected_by_its_mark() -> None:
    locations = [place for message in strings.collect() for place, _line in message.locations]
    assert any(place.startswith("src/insignia/core/") for place in locations)


def test_the_pseudo_language_keeps_places_markup_and_line_breaks() -> None:
    assert (
        strings.pseudo("%(number)s of <b>%s</b> {name} &amp; 5%%\n") == "⟦%(number)s õf <b>%s</b> {name} &amp; 5%%⟧\n"
    )


def test_a_text_outside_brackets_is_found_and_one_inside_is_not() -> None:
    page = '<p>⟦Héllõ⟧ <b>World</b> 12</p><img alt="A badge"><script>let it = be</script><i translate="no">Ann</i>'
    assert unbracketed(page) == ["World", "A badge"]
    assert unbracketed(page, data=["World", "A badge"]) == []


def test_brackets_hold_across_markup_that_was_filled_in() -> None:
    assert unbracketed("<p>⟦Séé <a href='#'>the guide</a> nõw⟧</p>") == []
