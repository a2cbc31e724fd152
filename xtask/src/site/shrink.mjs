// Shrinks the pieces of the program that are named, in place: one process for many, since to start binaryen takes
// longer than most of them.
import binaryen from 'binaryen';
import { readFileSync, writeFileSync } from 'node:fs';

// What today's Rust emits and every browser since 2023 understands; without them binaryen refuses the module.
const { BulkMemory, NontrappingFPToInt, SignExt, MutableGlobals, ReferenceTypes, Multivalue } = binaryen.Features;
const features = BulkMemory | NontrappingFPToInt | SignExt | MutableGlobals | ReferenceTypes | Multivalue;

// As `-Oz`. What crosses the wire is brotli, so what makes the file smaller and its compressed form larger is skipped:
// inlining (-4 %, +7 %) and values kept for later (+0.7 %). The lowest KiB of memory is the far end of the stack, so no
// address in it is ever taken.
binaryen.setOptimizeLevel(2);
binaryen.setShrinkLevel(2);
binaryen.setLowMemoryUnused(true);
for (const pass of ['inlining-optimizing', 'local-cse']) binaryen.addPassToSkip(pass);

for (const file of process.argv.slice(1)) {
  const module = binaryen.readBinary(readFileSync(file), features);
  // A second round finds a little more.
  module.optimize();
  module.optimize();
  module.runPasses(['strip-producers']);
  writeFileSync(file, module.emitBinary());
  module.dispose();
}
