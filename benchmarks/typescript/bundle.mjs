// `node bundle.mjs FOLDER` prints as JSON the bytes of each contender's bundle, minified, and these compressed.
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const client = resolve(process.argv[2], "dist/algorithms/wide/index.js");
const contenders = {
  ours: `export { parseWire } from ${JSON.stringify(client)};`,
  "by hand": 'export { byHand } from "./by_hand.mjs";',
  ajv: 'export { withAjv } from "./with_ajv.mjs";',
  zod: 'export { withZod } from "./with_zod.mjs";',
  valibot: 'export { withValibot } from "./with_valibot.mjs";',
};

const sizes = {};
for (const [name, contents] of Object.entries(contenders)) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname ?? "." },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  const text = outputFiles[0].contents;
  sizes[name] = [text.length, gzipSync(text, { level: 9 }).length];
}
process.stdout.write(`${JSON.stringify(sizes)}\n`);
