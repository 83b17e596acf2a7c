// Starts the page. A file of its own, so that a content security policy need not allow inline scripts.
const { js, wasm } = document.querySelector("script[data-wasm]").dataset;
try {
  const { default: init } = await import(js);
  await init({ module_or_path: new URL(wasm, import.meta.url) });
} catch (error) {
  const opening = document.querySelector(".opening");
  if (opening) opening.textContent = `Cutline could not start. 无法启动 Cutline。 (${error})`;
  throw error;
}
