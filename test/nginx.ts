import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./hub-process.ts";

const program = "/usr/sbin/nginx";

export const hasNginx = existsSync(program) && spawnSync("openssl", ["version"]).status === 0;

if (!hasNginx) console.log("skipped: tests behind nginx, for Debian's nginx is not installed (as root: apt-get install -y nginx openssl)");

/** nginx with the configuration of `deploy/`, in front of a hub on this machine. */
export type Nginx = {
  /** Of TLS. */
  port: number;
  plainPort: number;
  /** The certificate, which signed itself. */
  certificate: string;
  /** Files that nginx keeps bodies in for the moment. */
  buffered(): Promise<string[]>;
  stop(): Promise<void>;
};

export const publicName = "sentinal.example.com";

/** Takes the ports first, so that the hub can be told its public address before it is started. */
export async function findPorts(): Promise<{ port: number; plainPort: number; hubPort: number }> {
  return { port: await freePort(), plainPort: await freePort(), hubPort: await freePort() };
}

/** Starts Debian's nginx with `deploy/nginx.conf`, in which only addresses and files are other ones. */
export async function startNginx(ports: { port: number; plainPort: number; hubPort: number }): Promise<Nginx> {
  const folder = await mkdtemp(join(tmpdir(), "sentinal-nginx-"));
  // The workers run as somebody else where the tests run as root.
  await chmod(folder, 0o755);
  const [certificate, key] = [join(folder, "certificate.pem"), join(folder, "key.pem")];
  const made = spawnSync(
    "openssl",
    // prettier-ignore
    ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", `/CN=${publicName}`,
      "-addext", `subjectAltName=DNS:${publicName},IP:127.0.0.1`, "-keyout", key, "-out", certificate],
    { encoding: "utf8" },
  );
  if (made.status !== 0) throw new Error(`openssl made no certificate: ${made.stderr}`);

  const shipped = await readFile(join(import.meta.dirname, "..", "deploy", "nginx.conf"), "utf8");
  const own = [
    ["listen 80;", `listen 127.0.0.1:${ports.plainPort};`],
    ["listen 443 ssl;", `listen 127.0.0.1:${ports.port} ssl;`],
    ["server 127.0.0.1:8484;", `server 127.0.0.1:${ports.hubPort};`],
    ["/etc/ssl/certs/sentinal.example.com.pem", certificate],
    ["/etc/ssl/private/sentinal.example.com.key", key],
  ].reduce((text, [from = "", to = ""]) => {
    if (text.split(from).length !== 2) throw new Error(`deploy/nginx.conf does not hold ${from} once`);
    return text.replace(from, to);
  }, shipped);
  const bodies = join(folder, "bodies");
  await writeFile(join(folder, "sentinal.conf"), own);
  await writeFile(
    join(folder, "nginx.conf"),
    `daemon off; pid ${folder}/nginx.pid; error_log stderr notice; worker_processes 1;
events { worker_connections 512; }
http {
  access_log off; client_body_temp_path ${bodies}; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi; uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  include ${folder}/sentinal.conf;
}
`,
  );
  const child = spawn(program, ["-p", folder, "-e", "stderr", "-c", join(folder, "nginx.conf")], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  const ended = once(child, "exit");
  await new Promise<void>((resolve, reject) => {
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      // It listens before it makes them.
      if (said.includes("start worker process")) resolve();
    });
    void ended.then(() => reject(new Error(`nginx did not start: ${said}`)));
  });
  return {
    ...ports,
    certificate: await readFile(certificate, "utf8"),
    buffered: async () => (await readdir(bodies, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => entry.name),
    async stop() {
      child.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
