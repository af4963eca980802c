/* A form with data-unsaved asks before the page is left with changes that were not handed in. */
const changed = new Set();

// A page that shows again what was written, but not kept yet, begins with changes.
for (const form of document.querySelectorAll("form[data-unsaved=changed]")) changed.add(form);

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-unsaved]");
  if (form) changed.add(form);
});
document.addEventListener("submit", (event) => changed.delete(event.target));
window.addEventListener("beforeunload", (event) => {
  if ([...changed].some((form) => form.isConnected)) event.preventDefault();
});
