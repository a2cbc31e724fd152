// Takes pieces of the program out of the files that contain them (`packs.rs`). The first line of a file lists its
// pieces and their lengths.
const files = {};

function contents(url) {
  files[url] ??= fetch(url)
    .then(async (answer) => {
      if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
      const bytes = await answer.arrayBuffer();
      let at = new Uint8Array(bytes).indexOf(10);
      const heads = JSON.parse(new TextDecoder().decode(bytes.slice(0, at++)));
      return Object.fromEntries(heads.map(([name, length]) => [name, bytes.slice(at, (at += length))]));
    })
    .catch((error) => {
      // So that the next piece requests the file again.
      delete files[url];
      throw error;
    });
  return files[url];
}

// The file with all pieces that the opened page needs, if its head names one.
const first = document.querySelector('link[href*="/first_"]')?.href;

// Later pages request the packs. A piece that came in the first file is therefore also loaded as part of its pack, into
// the browser's cache; some seconds later, so that the opened page does not have to wait for it.
const kept = new Set();
function keep(pack) {
  if (kept.has(pack)) return;
  kept.add(pack);
  setTimeout(() => fetch(pack, { priority: 'low' }).then((answer) => answer.arrayBuffer()).catch(() => {}), 5000);
}

async function piece(name, pack) {
  const url = new URL(pack, import.meta.url).href;
  const held = first && (await contents(first).catch(() => undefined));
  if (held?.[name]) keep(url);
  const bytes = held?.[name] ?? (await contents(url))[name];
  return new Response(bytes, { headers: { 'content-type': 'application/wasm' } });
}
