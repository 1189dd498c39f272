// An OpenID Connect provider for the tests: `node provider.mjs CONFIGURATION`, as JSON.
//
//   port      where it listens on this machine
//   clients   as oidc-provider takes them
//   accounts  by the name that is typed at its sign-in, which is the subject, too: claims, amr,
//             acr, signedInSecondsAgo, and what is wrong with its ID tokens: claims that replace the
//             right ones, foreignKey for a signature of a key that nobody publishes
//
// Says "ready" when it listens. Nothing outside the tests uses it.
import crypto from "node:crypto";
import http from "node:http";
import { Provider } from "oidc-provider";

const { port, clients, accounts } = JSON.parse(process.argv[2]);
const issuer = `http://127.0.0.1:${port}`;

const makeKey = () => crypto.generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const [ownKey, foreignKey] = [makeKey(), makeKey()];
const KEY_NAME = "the-only-key";

const provider = new Provider(issuer, {
  clients,
  jwks: { keys: [{ ...ownKey.export({ format: "jwk" }), kid: KEY_NAME, use: "sig", alg: "RS256" }] },
  cookies: { keys: [crypto.randomBytes(32).toString("hex")] },
  pkce: { required: () => true },
  claims: { openid: ["sub", "acr", "amr", "auth_time"], email: ["email", "email_verified"] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_ctx, id) =>
    accounts[id] && {
      accountId: id,
      claims: () => ({ sub: id, ...accounts[id].claims }),
    },
  // Who signs in for work is not asked whether their employer may know their address.
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope("openid email");
    await grant.save();
    return grant;
  },
});

const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

function spoil(token, { claims = {}, foreignKey: isForeign = false }) {
  const [header, payload] = token.split(".").slice(0, 2).map((one) => JSON.parse(Buffer.from(one, "base64url")));
  const text = `${part(header)}.${part({ ...payload, ...claims })}`;
  const signature = crypto.sign("sha256", Buffer.from(text), isForeign ? foreignKey : ownKey);
  return `${text}.${signature.toString("base64url")}`;
}

provider.use(async (ctx, next) => {
  await next();
  if (ctx.path === "/token" && ctx.body?.id_token) {
    const { sub } = JSON.parse(Buffer.from(ctx.body.id_token.split(".")[1], "base64url"));
    if (accounts[sub].wrong) ctx.body.id_token = spoil(ctx.body.id_token, accounts[sub].wrong);
  }
});

const PAGE = `<!DOCTYPE html><html lang="en-GB"><title>Sign in at work</title><main><h1>Sign in at work</h1>
<form method="post"><label>Account <input name="account"></label><button>Continue</button></form></main></html>`;

async function interact(request, answer) {
  if (request.method === "GET") {
    answer.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(PAGE);
    return;
  }
  let sent = "";
  for await (const piece of request) sent += piece;
  const name = new URLSearchParams(sent).get("account");
  const account = accounts[name];
  const ago = account?.signedInSecondsAgo ?? 0;
  const result = account
    ? {
        login: {
          accountId: name,
          acr: account.acr,
          amr: account.amr,
          ts: Math.floor(Date.now() / 1000) - ago,
        },
      }
    : { error: "access_denied", error_description: "nobody signed in" };
  await provider.interactionFinished(request, answer, result, { mergeWithLastSubmission: false });
}

const callback = provider.callback();
http
  .createServer((request, answer) => {
    const handled = request.url.startsWith("/interaction/") ? interact(request, answer) : callback(request, answer);
    Promise.resolve(handled).catch((error) => {
      console.error(error);
      answer.writeHead(500).end();
    });
  })
  .listen(port, "127.0.0.1", () => console.log("ready"));
