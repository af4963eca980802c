/* A request of htmx that fails leaves the page as it was, with one note at the head of the region that asked: the
   server's, or the page's own words when no answer came at all. */
const region = (element) => element.closest("section, form, main");

document.addEventListener("htmx:beforeRequest", () => {
  for (const note of document.querySelectorAll("[data-failed]")) note.remove();
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  // A form that is answered with its own faults is swapped as any answer; a note says how it wants to be put in.
  if (xhr.status < 400 || xhr.getResponseHeader("HX-Reswap") !== "afterbegin") return;
  event.detail.target = region(requestConfig.elt) ?? event.detail.target;
});
for (const silence of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(silence, (event) => {
    const words = document.getElementById("no-answer");
    region(event.target)?.prepend(words.content.cloneNode(true));
  });
}
