/* A form with data-autosave is saved by htmx while somebody writes. Here is what htmx does not do: the question that is
   being written in is left alone, a save that failed is tried again, and leaving the page loses nothing. */
const RETRY = 5000;

for (const form of document.querySelectorAll("form[data-autosave]")) {
  let unsaved = false;
  let again = 0;

  const status = () => document.getElementById("saved");
  const save = () => {
    window.clearTimeout(again);
    if (unsaved) form.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const failed = () => {
    if (status()) status().textContent = form.dataset.notSaved;
    window.clearTimeout(again);
    again = window.setTimeout(save, RETRY);
  };
  window.addEventListener("online", save);

  form.addEventListener("input", () => { unsaved = true; });
  form.addEventListener("submit", () => { unsaved = false; });

  form.addEventListener("change", (event) => {
    const files = event.target.type === "file" ? [...event.target.files] : [];
    const tooLarge = files.some((file) => file.size > Number(event.target.dataset.most));
    if (!files.length) return;
    // The whole form would be refused with it.
    event.target.setCustomValidity(tooLarge ? event.target.dataset.tooLarge : "");
    if (!tooLarge) return;
    event.target.reportValidity();
    event.target.value = "";
  });

  form.addEventListener("htmx:configRequest", (event) => {
    if (event.target !== form || event.detail.triggeringEvent?.type !== "input") return;
    // Whoever is still writing is not told off: what is said at this question waits until it is left.
    const question = event.detail.triggeringEvent.target.closest(".question");
    if (question) event.detail.parameters.writing = question.id.replace("q-", "");
  });
  form.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target === form) unsaved = false;
  });
  form.addEventListener("htmx:afterSettle", () => {
    for (const says of form.querySelectorAll(".says")) {
      const control = document.getElementById(`f-${says.id.replace("m-", "")}`);
      if (!control || control.matches("fieldset")) continue;
      if (says.querySelector(".error")) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
  });
  for (const silence of ["htmx:sendError", "htmx:timeout"]) {
    form.addEventListener(silence, (event) => {
      if (event.target !== form) return;
      event.stopPropagation();
      unsaved = true;
      failed();
    });
  }
  form.addEventListener("htmx:responseError", (event) => {
    if (event.target === form) unsaved = true;
  });

  const handIn = () => {
    if (!unsaved) return;
    unsaved = false;
    const data = new FormData(form);
    for (const input of form.querySelectorAll("input[type=file]")) data.delete(input.name);
    const headers = { "HX-Request": "true", "HX-Target": "saved" };
    fetch(form.getAttribute("hx-post"), { method: "POST", body: data, headers, keepalive: true });
  };
  window.addEventListener("pagehide", handIn);
}
