package dev.johwa.serve.router.proxy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What Traefik answers by a file of its file provider.
interface Traefik {
    /// The whole program where its path is told (`-Djohwa.traefik=PATH`, by `bench/traefik`), else its parts.
    static Traefik here() {
        var program = System.getProperty("johwa.traefik");
        return program == null ? new TraefikParts() : new TraefikProgram(Path.of(program));
    }

    /// Asks one after the other, from 127.0.0.1.
    ///
    /// @param entry `web` or `websecure`
    /// @return an object for each: `status`, `fields` by names in small letters, and where the request came
    ///     through to: `service`, `backend` (its address as the file has it), `password` (whether it still had one)
    List<JsonNode> ask(Path routes, String entry, List<String> requests) throws IOException, InterruptedException;
}
