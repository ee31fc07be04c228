// ONNX Runtime's own binding for Node, for comparison with engine-onnxruntime: the same library, the same file.
//
//   node ort-node.cjs FOLDER MODEL.onnx THREADS
//
// FOLDER holds node_modules with onnxruntime-node. Prints 'ready' and a sum over the outputs, then for each line read runs
// the network once and prints the milliseconds.
const path = require("path");
const readline = require("readline");

const [folder, model, threads] = process.argv.slice(2);
const ort = require(path.join(folder, "node_modules", "onnxruntime-node"));

async function main() {
  const session = await ort.InferenceSession.create(model, { intraOpNumThreads: Number(threads), logSeverityLevel: 3 });
  const shape = session.inputMetadata[0].shape.map((extent) => (typeof extent === "number" ? extent : 1));
  const picture = new Float32Array(shape.reduce((count, extent) => count * extent));
  for (let i = 0; i < picture.length; i++) {
    picture[i] = ((i * 7919) % 1009) / 1009;
  }
  const feeds = { [session.inputNames[0]]: new ort.Tensor("float32", picture, shape) };

  let sum = 0;
  for (const output of Object.values(await session.run(feeds))) {
    for (const value of output.data) {
      sum += Math.abs(value);
    }
  }
  console.log(`ready ${sum}`);
  for await (const _ of readline.createInterface({ input: process.stdin })) {
    const start = process.hrtime.bigint();
    await session.run(feeds);
    console.log((Number(process.hrtime.bigint() - start) / 1e6).toFixed(3));
  }
}

main();
