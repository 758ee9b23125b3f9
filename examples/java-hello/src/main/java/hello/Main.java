package hello;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;

/** Starts the application on the address that its environment names. */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws IOException {
        var host = System.getenv().getOrDefault("HOST", "127.0.0.1");
        var port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
        var greeting = new Greeting(System.getenv().getOrDefault("GREETING", "Hello"), Clock.systemDefaultZone());

        var server = HelloServer.start(new InetSocketAddress(host, port), greeting);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(1)));
        System.out.println("Listening on http://" + host + ":" + server.port());
    }
}
