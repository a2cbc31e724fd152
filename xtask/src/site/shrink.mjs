// Shrinks the named wasm files in place. One process shrinks many of them, because starting binaryen takes longer than
// shrinking most of them.
import binaryen from 'binaryen';
import { readFileSync, writeFileSync } from 'node:fs';

// Features that Rust uses today and every browser since 2023 has; without them binaryen refuses the module.
const { BulkMemory, NontrappingFPToInt, SignExt, MutableGlobals, ReferenceTypes, Multivalue } = binaryen.Features;
const features = BulkMemory | NontrappingFPToInt | SignExt | MutableGlobals | ReferenceTypes | Multivalue;

// As `-Oz`, without the passes that make the file smaller but its brotli form larger, since that is what is sent:
// inlining (-4 %, +7 %) and `local-cse` (+0.7 %). Low memory is unused, because the lowest KiB is the far end of the
// stack: the program never takes an address in it.
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
