/* A pressed button says what is happening (data-busy) once the answer takes longer than a glance, and a form is sent
   once. A form that answers with a file (data-again) may be sent again. */
const GLANCE = 150;
const sent = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.hasAttribute("data-again")) return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.add(form);
  window.setTimeout(() => {
    const button = event.submitter;
    if (!button || !sent.has(form)) return;
    button.setAttribute("aria-busy", "true");
    if (button.dataset.busy) button.textContent = button.dataset.busy;
  }, GLANCE);
});
// Coming back to the page by the browser's own button: what was sent can be sent anew.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.forms) sent.delete(form);
  for (const button of document.querySelectorAll(".button[aria-busy=true]")) button.removeAttribute("aria-busy");
});
