/* Loaded first. Under `require-trusted-types-for 'script'` no string may become markup by itself; this one policy lets
   through what htmx parses from our own server, and only at the two parsers that it uses. `innerHTML = "…"`, from
   whatever script, is refused by the browser, and no script can be made from a string at all. */
const PARSERS = new Set(["Document parseHTMLUnsafe", "DOMParser parseFromString"]);

if (window.trustedTypes?.createPolicy) {
  window.trustedTypes.createPolicy("default", {
    createHTML: (text, _type, sink) => (PARSERS.has(sink) ? text : null),
  });
}
