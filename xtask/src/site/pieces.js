// Takes pieces of the program out of the files they lie in (`packs.rs`). The first line of a file says what is in it,
// and how long each is.
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
      // Asked for again by whoever wants it next.
      delete files[url];
      throw error;
    });
  return files[url];
}

// All that the page needs which was opened, where its head names it.
const first = document.querySelector('link[href*="/first_"]')?.href;

// Later pages will ask for the packs: what came in the first file is kept in them, too, once the page has had its time.
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
