/** undici's client alone: its index loads fetch, caches, proxies and web sockets too, some 7 MB that nobody here needs. */
declare module 'undici/lib/dispatcher/client.js' {
  import {Client} from 'undici';
  export default Client;
}
