// The decisions of dmn_speed, evaluated by dmn-eval-js: node dmn_eval.mjs CASES [SECONDS]
import { readFileSync } from "node:fs";
import dmn from "@hbtgmbh/dmn-eval-js";
import { perSecond } from "./speed.mjs";

const [file, seconds = "1"] = process.argv.slice(2);
for (const [name, { file: model, decision, inputs }] of Object.entries(JSON.parse(readFileSync(file, "utf8")))) {
  const decisions = await dmn.decisionTable.parseDmnXml(readFileSync(model, "utf8"));
  const work = () => dmn.decisionTable.evaluateDecision(decision, decisions, inputs);
  if (Object.values(work() ?? {}).every((value) => value === undefined || value === null)) throw new Error(`${decision} is null`);
  console.log(name, perSecond(Number(seconds), work));
}
