// The first three models of bpmn_speed, run by bpmn-engine, each parsed once: node bpmn_engine.mjs FOLDER [SECONDS]
import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import { Engine } from "bpmn-engine";
import { BpmnModdle } from "bpmn-moddle";

const [folder, seconds = "1"] = process.argv.slice(2);

async function run(moddleContext) {
  const listener = new EventEmitter();
  listener.on("activity.wait", (task) => task.signal({ ok: true }));
  const engine = new Engine({ name: "bench", moddleContext });
  const ended = engine.waitFor("end");
  await engine.execute({ listener });
  await ended;
}

for (const name of ["bpmn.three_scripts", "bpmn.xor_user_task", "bpmn.fork_join_4"]) {
  const moddleContext = await new BpmnModdle().fromXML(readFileSync(`${folder}/${name}.peer.bpmn`, "utf8"));
  const runs = async (milliseconds) => {
    const began = performance.now();
    let times = 0;
    for (; performance.now() - began < milliseconds; ++times) await run(moddleContext);
    return (times * 1000) / (performance.now() - began);
  };
  await runs(Number(seconds) * 500);
  console.log(name, await runs(Number(seconds) * 1000));
}
