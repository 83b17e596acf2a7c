// What every page test needs: a browser, a server for the built page and pages that report errors.
//
//   const browser = await launch();
//   const { page, errors } = await browser.openPage({ viewport: { width: 390, height: 844 } });
//   await browser.close();

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";

const BROWSER_ARGUMENTS = [
  "--no-sandbox",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
];

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
};

const setting = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run \`cargo xtask test --only page\`.`);
  return value;
};

/** `require` for the packages that `cargo xtask` installs, such as "playwright-core". */
export const require_ = (name) =>
  createRequire(path.join(setting("CUTLINE_NODE_MODULES"), "_"))(name);

/** The path of the script that puts `axe` into a page: `page.addScriptTag({ path: axePath() })`. */
export const axePath = () => path.join(setting("CUTLINE_NODE_MODULES"), "axe-core", "axe.min.js");

/** The built page's folder. */
export const distFolder = () => path.resolve(setting("CUTLINE_DIST"));

/**
 * Serves a folder at a free port of 127.0.0.1. `headers` are sent with every file.
 * @returns {Promise<{ origin: string, close: () => Promise<void> }>}
 */
export async function serve(folder = distFolder(), headers = {}) {
  const server = createServer(async (request, response) => {
    const found = await lookUp(folder, request);
    response.writeHead(found.status, { ...headers, "content-type": found.type });
    response.end(request.method === "HEAD" ? undefined : found.body);
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

async function lookUp(folder, request) {
  const missing = { status: 404, type: TYPES[".txt"], body: "Not found" };
  try {
    const { pathname } = new URL(request.url, "http://127.0.0.1");
    const wanted = decodeURIComponent(pathname).replace(/\/$/, "/index.html");
    const file = path.resolve(folder, `.${wanted}`);
    if (!file.startsWith(folder + path.sep)) return missing;
    const type = TYPES[path.extname(file)] ?? "application/octet-stream";
    return { status: 200, type, body: await readFile(file) };
  } catch {
    return missing;
  }
}

/**
 * Starts the browser and the server. Close what this returns, or the test run does not end.
 * Scroll bars are drawn only where they are asked for.
 */
export async function launch({ headers, scrollbars = false } = {}) {
  const { chromium } = require_("playwright-core");
  const server = await serve(distFolder(), headers);
  const browser = await chromium
    .launch({ executablePath: setting("CUTLINE_CHROMIUM"), args: BROWSER_ARGUMENTS, ignoreDefaultArgs: scrollbars ? ["--hide-scrollbars"] : [] })
    .catch(async (error) => {
      await server.close();
      throw error;
    });
  return {
    browser,
    origin: server.origin,
    openPage: (options) => openPage(browser, server.origin, options),
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

/**
 * Opens the page in a browser context of its own, with nothing stored from another test.
 * `errors` grows as the page logs errors or throws. `at` is what follows the origin in the address;
 * `more` are further options of a Playwright context.
 */
async function openPage(browser, origin, options = {}) {
  const {
    at = "/",
    viewport = { width: 1280, height: 800 },
    colorScheme = "light",
    locale = "en-GB",
    reducedMotion = "no-preference",
    hasTouch = false,
    ...more
  } = options;
  const look = { viewport, colorScheme, locale, reducedMotion, hasTouch };
  const context = await browser.newContext({ ...look, ...more });
  const page = await context.newPage();
  const errors = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => errors.push(`thrown: ${error.message}`));
  await page.goto(origin + at, { waitUntil: "networkidle" });
  return { page, errors, context };
}
