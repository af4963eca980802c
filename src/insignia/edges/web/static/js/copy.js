/* <button data-copy="id of an input">: copies its value and says so, in words that the page gives (data-copied). */
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent);
  } catch {
    source.select?.(); // no permission, or no clipboard: the reader's own copy command works on the selection
    return;
  }
  const words = button.querySelector("[data-words]") ?? button;
  const before = words.textContent;
  if (before === button.dataset.copied) return;
  words.textContent = button.dataset.copied;
  window.setTimeout(() => (words.textContent = before), 2500);
});
