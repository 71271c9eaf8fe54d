// Where alerts arrive in tests: a webhook that keeps what it is sent, and a mail server that takes everything.

import { createServer as createHTTP } from "node:http";
import { createServer } from "node:net";

const listening = (server) => new Promise((done) => server.listen(0, "127.0.0.1", () => done(server.address().port)));

/** webhook is a receiver: messages are what it was sent, with headers. */
export async function webhook() {
  const messages = [];
  const server = createHTTP((asked, answer) => {
    let body = "";
    asked.on("data", (d) => (body += d)).on("end", () => {
      messages.push({ ...JSON.parse(body), headers: asked.headers });
      answer.writeHead(204).end();
    });
  });
  return { url: `http://127.0.0.1:${await listening(server)}/in`, messages, close: () => server.close() };
}

/** mailServer speaks as much SMTP (RFC 5321) as it takes to be given mail: mails are their texts, line breaks of the transport undone. */
export async function mailServer() {
  const mails = [];
  const server = createServer((socket) => {
    const say = (line) => socket.write(line + "\r\n");
    let text = "";
    let data = false;
    say("220 sink");
    socket.on("error", () => {}).on("data", (d) => {
      text += d;
      for (;;) {
        const end = data ? "\r\n.\r\n" : "\r\n";
        const at = text.indexOf(end);
        if (at < 0) return;
        const part = text.slice(0, at);
        text = text.slice(at + end.length);
        if (data) mails.push(part.replaceAll("=\r\n", "").replace(/(=[0-9A-F]{2})+/g, (hex) => Buffer.from(hex.replaceAll("=", ""), "hex").toString()));
        data = !data && /^DATA/i.test(part);
        say(data ? "354 go on" : /^QUIT/i.test(part) ? "221 bye" : "250 sink");
      }
    });
  });
  return { address: `127.0.0.1:${await listening(server)}`, mails, close: () => server.close() };
}
