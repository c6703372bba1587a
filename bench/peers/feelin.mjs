// The expressions of feel_speed, evaluated by feelin: node feelin.mjs FILE [SECONDS]
import { readFileSync } from "node:fs";
import { evaluate, unaryTest } from "feelin";
import { perSecond } from "./speed.mjs";

const [file, seconds = "1"] = process.argv.slice(2);
for (const [name, { text, context, input }] of Object.entries(JSON.parse(readFileSync(file, "utf8")))) {
  const work = input === undefined ? () => evaluate(text, context) : () => unaryTest(text, { ...context, "?": input });
  const { value } = work();
  if (value === null || value === undefined) throw new Error(`${text} is null`);
  console.log(name, perSecond(Number(seconds), work));
}
