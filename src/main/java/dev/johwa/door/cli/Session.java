package dev.johwa.door.cli;

import dev.johwa.door.api.AppName;
import dev.johwa.door.api.Client;
import dev.johwa.lib.http.HttpCalls;
import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One command on its way: its surroundings and the options that every command takes.
public final class Session implements AutoCloseable {
    private final Surroundings surroundings;
    private final RootCommand options;
    private final Screen screen;
    private final List<HttpCalls> open = new ArrayList<>();

    Session(Surroundings surroundings, RootCommand options) {
        this.surroundings = surroundings;
        this.options = options;
        this.screen = new Screen(surroundings);
    }

    public Screen screen() {
        return screen;
    }

    /// The folder of all state of a platform.
    ///
    /// @param named by `--data`; null for the usual one
    public Path data(@Nullable Path named) {
        var data = named == null ? surroundings.data() : folder().resolve(named);
        return data.toAbsolutePath().normalize();
    }

    /// The folder the command works in: where it was started, or what `-C` says.
    public Path folder() {
        var wanted = options.folder;
        if (wanted == null) {
            return surroundings.folder();
        }
        var folder = surroundings.folder().resolve(wanted).normalize();
        if (!Files.isDirectory(folder)) {
            throw Problem.user("usage.folder", "-C names '" + wanted + "', and there is no such folder")
                    .hint("name a folder that is there")
                    .exception();
        }
        return folder;
    }

    /// All of standard input, as a text.
    String input() throws IOException {
        return new String(surroundings.in().readAllBytes(), StandardCharsets.UTF_8);
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    /// The client of the server that is meant.
    public Client client() {
        var choice = ServerChoice.of(this);
        return client(choice.url(), choice.token());
    }

    /// The address of the server that is meant.
    public URI serverAddress() {
        return address(ServerChoice.of(this).url());
    }

    /// The client of a server that is not kept yet.
    public Client client(Logins.Login login) {
        return client(login.url(), Optional.of(login.token()));
    }

    /// The client of a server that does not know us yet.
    Client stranger(String url) {
        return client(url, Optional.empty());
    }

    private Client client(String url, Optional<String> token) {
        var server = address(url);
        var calls = new HttpCalls(server, new Logins(surroundings).certificate(url));
        open.add(calls);
        return new Client(calls, server, token);
    }

    /// Closes the connections of its clients: the JVM would wait 0.3 s for their threads when it ends.
    @Override
    public void close() {
        open.forEach(HttpCalls::close);
    }

    private static URI address(String url) {
        try {
            var uri = URI.create(url);
            if (uri.getHost() != null && uri.getScheme().startsWith("http")) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw Problem.user("server.address", "'" + url + "' is no address of a server")
                .hint("write it as http://HOST:PORT")
                .exception();
    }

    /// The app that is meant: the one named, or that of the repository's remote.
    AppName app(@Nullable String name) {
        return AppName.parse(project(name));
    }

    /// The project that is meant: the one named, or that of the repository's remote.
    String project(@Nullable String name) {
        if (name != null && !name.equals(LeftOutName.HERE)) {
            return name;
        }
        return GitRemote.find(folder())
                .map(GitRemote::project)
                .orElseThrow(() -> Problem.user(
                                "usage.name",
                                "no app was named, and this folder has no remote named johwa that would say which")
                        .hint("name it: PROJECT, or PROJECT/APP where a project has several")
                        .exception());
    }

    Optional<String> server() {
        return Optional.ofNullable(options.server);
    }

    Optional<String> token() {
        return Optional.ofNullable(options.token);
    }
}
