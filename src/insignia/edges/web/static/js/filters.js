/* A form of filters (data-filters) asks for its results as soon as something in it changes; its own button, which
   serves readers without scripts, is then not needed. htmx answers where it is asked to; else the form is sent. */
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-filters]");
  if (form && !event.target.matches("[type=search], [type=text]")) form.requestSubmit();
});
