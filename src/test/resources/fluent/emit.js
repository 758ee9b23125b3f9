// Sends a record in each mode by npm's @fluent-org/logger: MODULE HOST PORT [KEY USER PASSWORD].
const {FluentClient} = require(process.argv[2]);
const [host, port, key, user, password] = process.argv.slice(3);

(async () => {
    for (const eventMode of ['Message', 'Forward', 'PackedForward', 'CompressedPackedForward']) {
        const client = new FluentClient('shop', {
            eventMode,
            socket: {host, port: Number(port), timeout: 5000},
            ack: {ackTimeout: 5000},
            ...(key ? {security: {clientHostname: 'client', sharedKey: key, username: user, password}} : {}),
        });
        await client.emit('node', {message: `${eventMode} from node`, number: 7});
        await client.shutdown();
    }
})().catch((error) => {
    console.error(error);
    process.exit(1);
});
