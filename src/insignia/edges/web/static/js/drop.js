/* A file may be dropped on <label class="drop"> as well as chosen. One that is too large (data-most, in bytes) is named at
   once (data-too-large), before it is sent for nothing. */
const place = (event) => event.target.closest?.("label.drop");

for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    const label = place(event);
    if (!label) return;
    event.preventDefault();
    label.dataset.over = "";
  });
}
document.addEventListener("dragleave", (event) => delete place(event)?.dataset.over);
document.addEventListener("drop", (event) => {
  const label = place(event);
  if (!label) return;
  event.preventDefault();
  delete label.dataset.over;
  const input = label.querySelector("input[type=file]");
  if (!event.dataTransfer.files.length) return;
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});
document.addEventListener("change", (event) => {
  const input = event.target.closest("input[type=file][data-most]");
  if (!input) return;
  const field = input.closest(".field");
  field.querySelector("[data-size]")?.remove();
  if (![...input.files].some((file) => file.size > Number(input.dataset.most))) return;
  input.value = "";
  const words = document.createElement("p");
  words.className = "error";
  words.dataset.size = "";
  words.setAttribute("role", "alert");
  words.textContent = input.dataset.tooLarge;
  field.append(words);
});
