// Suggestions while typing, as the ARIA Authoring Practices describe a combobox with list autocomplete.
// <input data-island="suggestions" data-source="/gemeinden/vorschlaege?q=" data-none="…" data-some="# …">
// The source answers {"results": [{"text": "Aarau", "hint": "5000", "url": "/aarau"}]}; a result with a url is
// opened when chosen, any other is written into the field and the form is sent.

interface Suggestion {
  text: string;
  hint?: string;
  url?: string;
}

const quietMilliseconds = 120;

export class Suggestions {
  private readonly list = document.createElement("ul");
  private readonly status = document.createElement("div");
  private found: Suggestion[] = [];
  private chosen = -1;
  private timer = 0;
  private request = new AbortController();

  constructor(private readonly input: HTMLInputElement) {
    this.addMarkup();
    input.addEventListener("input", () => this.ask());
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("blur", () => this.close());
    // Before blur closes the list.
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = (event.target as HTMLElement).closest("li");
      if (option) this.take([...this.list.children].indexOf(option));
    });
  }

  private addMarkup(): void {
    const { input, list, status } = this;
    const box = document.createElement("div");
    box.className = "portal-suggestions";
    input.replaceWith(box);
    box.append(input, list, status);
    list.id = `${input.id}-suggestions`;
    list.className = "portal-suggestions__list";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.labels?.[0]?.textContent ?? "");
    list.hidden = true;
    status.className = "govuk-visually-hidden";
    status.setAttribute("role", "status");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);
    input.autocomplete = "off";
  }

  private ask(): void {
    window.clearTimeout(this.timer);
    this.request.abort();
    const query = this.input.value.trim();
    if (query.length < 2) {
      this.close();
      return;
    }
    this.timer = window.setTimeout(() => void this.load(query), quietMilliseconds);
  }

  // Without an answer there are no suggestions; the form still finds everything.
  private async load(query: string): Promise<void> {
    this.request = new AbortController();
    try {
      const url = `${this.input.dataset.source ?? ""}${encodeURIComponent(query)}`;
      const response = await fetch(url, { signal: this.request.signal, headers: { accept: "application/json" } });
      if (!response.ok) return;
      const answer = (await response.json()) as { results: Suggestion[] };
      this.show(answer.results);
    } catch {
      this.close();
    }
  }

  private show(found: Suggestion[]): void {
    this.found = found;
    this.chosen = -1;
    this.list.replaceChildren(...found.map((suggestion, index) => this.option(suggestion, index)));
    this.list.hidden = found.length === 0;
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    this.input.removeAttribute("aria-activedescendant");
    const { none = "", some = "" } = this.input.dataset;
    this.status.textContent = found.length === 0 ? none : some.replace("#", String(found.length));
  }

  private option(suggestion: Suggestion, index: number): HTMLLIElement {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${index}`;
    option.className = "portal-suggestions__option";
    option.setAttribute("role", "option");
    option.textContent = suggestion.text;
    if (suggestion.hint) {
      const hint = document.createElement("span");
      hint.className = "portal-suggestions__hint";
      hint.textContent = ` ${suggestion.hint}`;
      option.append(hint);
    }
    return option;
  }

  private press(event: KeyboardEvent): void {
    if (event.key === "Escape") this.close();
    if (this.list.hidden) return;
    if (event.key === "ArrowDown") this.move(1);
    else if (event.key === "ArrowUp") this.move(-1);
    else if (event.key === "Enter" && this.chosen >= 0) this.take(this.chosen);
    else return;
    event.preventDefault();
  }

  private move(step: number): void {
    const count = this.found.length;
    this.chosen = this.chosen < 0 && step < 0 ? count - 1 : (this.chosen + step + count) % count;
    [...this.list.children].forEach((option, index) => {
      option.setAttribute("aria-selected", String(index === this.chosen));
    });
    this.input.setAttribute("aria-activedescendant", `${this.list.id}-${this.chosen}`);
  }

  private take(index: number): void {
    const suggestion = this.found[index];
    if (!suggestion) return;
    this.close();
    this.input.value = suggestion.text;
    if (suggestion.url) window.location.assign(suggestion.url);
    else this.input.form?.requestSubmit();
  }

  private close(): void {
    window.clearTimeout(this.timer);
    this.list.hidden = true;
    this.chosen = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
