// The interface's description, to be tried out. <div data-island="reference" data-source="/api/v1/openapi.json"
// data-stylesheet="…" data-plain="plain-list" hidden>: the plain list of that id, a <details>, is closed when everything
// is there. It stays within reach: it is what every reading device can use.
import SwaggerUIBundle from "swagger-ui-dist/swagger-ui-bundle.js";

function loadStyles(url: string): Promise<void> {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = url;
  const loaded = new Promise<void>((resolve, reject) => {
    link.addEventListener("load", () => resolve());
    link.addEventListener("error", () => reject(new Error(`no styles at ${url}`)));
  });
  document.head.append(link);
  return loaded;
}

// Swagger UI is dark by a class of its own; the portal is by the device's wish.
function followDevice(): void {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const follow = (): void => void document.documentElement.classList.toggle("dark-mode", dark.matches);
  dark.addEventListener("change", follow);
  follow();
}

// Its list calls itself the main part of a page; this page has one already.
function makePartOfPage(place: HTMLElement): void {
  const watch = new MutationObserver(() => {
    const list = place.querySelector("main");
    if (!list) return;
    list.setAttribute("role", "group");
    watch.disconnect();
  });
  watch.observe(place, { childList: true, subtree: true });
}

// Without an answer the plain list stays.
export async function showReference(place: HTMLElement): Promise<void> {
  const { source = "", stylesheet = "", plain = "" } = place.dataset;
  const language = document.documentElement.lang;
  const response = await fetch(source, { headers: { accept: "application/json", "accept-language": language } });
  if (!response.ok) return;
  const spec = (await response.json()) as object;
  await loadStyles(stylesheet);
  followDevice();
  makePartOfPage(place);
  SwaggerUIBundle({
    domNode: place,
    spec,
    deepLinking: true,
    defaultModelsExpandDepth: 0,
    docExpansion: "list",
    // Nothing is asked of other hosts.
    validatorUrl: null,
    requestInterceptor: (request) => {
      request.headers["Accept-Language"] = language;
      return request;
    },
  });
  place.hidden = false;
  document.getElementById(plain)?.removeAttribute("open");
}
