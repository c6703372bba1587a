// Is what the server sends well-formed, standard HTML?
import assert from "node:assert/strict";
import { HtmlValidate } from "html-validate";

const validator = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: {
    // Dots are fine in HTML: fields are called as their answers.
    "valid-id": ["error", { relaxed: true }],
    // Lower case is what everybody writes; GOV.UK's markup says role="button" and role="group" for older readers.
    "doctype-style": "off",
    "no-redundant-role": "off",
    "prefer-native-element": "off",
    // Boxes of one question share its name, as radio buttons do.
    "form-dup-name": ["error", { shared: ["radio", "checkbox", "submit", "button"] }],
    // Class names of GOV.UK's components.
    "class-pattern": "off",
    "id-pattern": "off",
    "name-pattern": "off",
    // Templates leave blanks at line ends.
    "no-trailing-whitespace": "off",
    "void-style": ["error", { style: "omit" }],
    "long-title": "off",
    "require-sri": "off",
  },
});

export async function checkMarkup(html, name) {
  const report = await validator.validateString(html);
  const found = report.results.flatMap(({ messages }) =>
    messages.map(({ line, ruleId, message }) => `${name}:${line}: ${message} (${ruleId})`),
  );
  assert.deepEqual(found, [], found.join("\n"));
}
