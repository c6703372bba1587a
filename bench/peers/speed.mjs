// How often `work` can be done in a second, as bench/speed.hpp counts it, after the compiler has warmed up.
export function perSecond(seconds, work) {
  const run = (milliseconds) => {
    const began = performance.now();
    let times = 0;
    let took = 0;
    for (; took < milliseconds; took = performance.now() - began, times += 20) for (let time = 0; time < 20; ++time) work();
    return (times * 1000) / took;
  };
  run(seconds * 500);
  return run(seconds * 1000);
}
