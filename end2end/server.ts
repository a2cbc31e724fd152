// Starts a real server for each worker, on a free port and with a fresh database that contains the people below.
// This file knows the command line of `kartotek` and nothing about pages.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export type Engine = 'sqlite' | 'postgres';
export type Options = { engine: Engine };
export type Person = { email: string; name: string; role: string; password: string };

const person = (role: string, name: string): Person => ({
  email: `${role}@example.com`,
  name,
  role,
  password: `correct horse ${role}`,
});

export const people = {
  owner: person('owner', 'Deniz Yılmaz'),
  manager: person('manager', 'Işıl Çağlar'),
  salesperson: person('salesperson', 'Ömer Şahin'),
  viewer: person('viewer', 'Ümit İnan'),
};

const root = resolve(import.meta.dirname, '..');
const program = process.env.KARTOTEK_BIN ?? join(root, 'target/debug/kartotek');

export class Server {
  url = '';
  private constructor(
    readonly engine: Engine,
    readonly database: string,
    private readonly dir: string,
    private readonly clean: () => void,
    private child?: ChildProcess,
  ) {}

  static async start(engine: Engine): Promise<Server> {
    const dir = mkdtempSync(join(tmpdir(), 'kartotek-e2e-'));
    const [database, clean] = engine === 'sqlite' ? [`sqlite:${dir}/kartotek.db`, () => {}] : postgres();
    const server = new Server(engine, database, dir, clean);
    for (const p of Object.values(people)) {
      server.cli(
        ['user', 'add', '--email', p.email, '--name', p.name, '--role', p.role, '--password-stdin'], p.password,
      );
    }
    await server.listen();
    return server;
  }

  /** Runs `kartotek …` on this server's database and gives what it prints. */
  cli(args: string[], input = ''): string {
    return execFileSync(program, [...args, '--database', this.database], {
      input,
      cwd: root,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'inherit'],
    });
  }

  /** Starts the server; after `stop` on the same port again, for tests of a server that comes back. */
  async listen(): Promise<void> {
    const port = this.url ? Number(new URL(this.url).port) : await freePort();
    this.url = `http://127.0.0.1:${port}`;
    const log = openSync(join(this.dir, 'log'), 'a');
    const args = ['serve', '--listen', `127.0.0.1:${port}`, '--database', this.database, '--base-url', this.url];
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', log, log] });
    this.child = child;
    for (let n = 0; n < 200; n++) {
      if (child.exitCode !== null) break;
      const ready = await fetch(`${this.url}/readyz`).then((r) => r.ok, () => false);
      if (ready) return;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error(`the server did not start:\n${this.log()}`);
  }

  log(): string {
    return readFileSync(join(this.dir, 'log'), 'utf8');
  }

  async stop(): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    const hard = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(hard);
  }

  async remove(): Promise<void> {
    await this.stop();
    this.clean();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** Makes a database in the cluster of this test run; returns its address and a function that drops it. */
function postgres(): [string, () => void] {
  const cluster = process.env.KARTOTEK_TEST_POSTGRES;
  if (!cluster) throw new Error('KARTOTEK_TEST_POSTGRES is not set: start the tests by `cargo xtask test --only e2e`');
  const psql = process.env.KARTOTEK_PSQL ?? 'psql';
  const name = `e2e_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  const sql = (text: string) => execFileSync(psql, ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-c', text, cluster]);
  sql(`create database ${name}`);
  const url = cluster.replace(/\/[^/?]*(\?|$)/, `/${name}$1`);
  return [url, () => sql(`drop database ${name} with (force)`)];
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => done(port));
    });
  });
}
