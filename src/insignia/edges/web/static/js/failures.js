/* A request of htmx that fails leaves the page as it was. The server's note comes into the region by its own headers;
   this takes the note of the try before away, and shows the page's own words when no answer came at all. */
document.addEventListener("htmx:beforeRequest", () => {
  for (const note of document.querySelectorAll("[data-failed]")) note.remove();
});
for (const silence of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(silence, (event) => {
    const words = document.getElementById("no-answer");
    const region = event.target.closest("section, form, main");
    if (words && region) region.prepend(words.content.cloneNode(true));
  });
}
