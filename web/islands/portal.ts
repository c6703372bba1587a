// On every page: what makes forms kinder when scripts run. Without them everything works too.

// The error summary is what matters on a page that came back: start reading there.
function focusErrorSummary(): void {
  document.querySelector<HTMLElement>('[data-island="error-summary"]')?.focus();
}

// A second click on a button that is already at work sends nothing. The server would notice as well.
function sendFormsOnce(): void {
  const sent = new WeakSet<HTMLFormElement>();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "post") return;
    if (sent.has(form)) event.preventDefault();
    sent.add(form);
  });
  // Coming back with the browser's back button, the form may be sent again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of document.forms) sent.delete(form);
  });
}

// Says that the session will end while there is still time to send the page.
function announceSessionEnd(): void {
  const notice = document.querySelector<HTMLElement>('[data-island="session"]');
  const minutes = Number(notice?.dataset.minutes);
  if (!notice || !(minutes > 0)) return;
  const warning = Math.max(minutes - 3, minutes / 2);
  window.setTimeout(() => {
    notice.hidden = false;
    notice.textContent = notice.dataset.text ?? "";
  }, warning * 60_000);
}

// Few pages have such a field; only those load the rest.
async function offerSuggestions(): Promise<void> {
  const inputs = document.querySelectorAll<HTMLInputElement>('input[data-island="suggestions"]');
  if (inputs.length === 0) return;
  const { Suggestions } = await import("./parts/suggestions");
  for (const input of inputs) new Suggestions(input);
}

// Only the page for developers has it, and it is large.
async function describeInterface(): Promise<void> {
  const place = document.querySelector<HTMLElement>('[data-island="reference"]');
  if (!place) return;
  const { showReference } = await import("./parts/reference");
  await showReference(place);
}

focusErrorSummary();
sendFormsOnce();
announceSessionEnd();
void offerSuggestions();
void describeInterface();
