package dev.johwa.door.web;

import dev.johwa.build.registry.Passes;
import dev.johwa.build.registry.Passes.Grant;
import dev.johwa.build.registry.Refusal;
import dev.johwa.build.registry.Registry;
import dev.johwa.build.registry.RepositoryName;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.git.Repositories;
import dev.johwa.source.identity.Identity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The registry of images, OCI distribution specification 1.1: its paths, and who gets a token for which of them.
final class RegistryRoutes {
    private static final String ANY = RegistryPath.ROOT + "{project}/<rest>";
    private static final int MOST_NAMES = 1_000;
    private static final int MOST_SCOPES = 20;

    private final Registry registry;
    private final Repositories projects;
    private final Function<String, Optional<Identity>> tokens;
    private final Clock clock;

    RegistryRoutes(WebRooms rooms) {
        this.registry = rooms.registry();
        this.projects = rooms.repositories();
        this.tokens = rooms.tokens()::identify;
        this.clock = rooms.clock();
    }

    List<Route> all() {
        return List.of(
                Route.get("/v2/", Access.SIGNED_IN, "Registry: whether it is one", this::greet),
                Route.get(RegistryProblems.TOKENS, Access.SIGNED_IN, "Registry: a token for repositories", this::token)
                        .query("scope", "repository:NAME:pull,push; may be given again"),
                Route.get("/v2/_catalog", Access.SIGNED_IN, "Registry: repositories", this::catalog)
                        .query("n", "how many")
                        .query("last", "those after it"),
                Route.get(ANY, Access.READ, "Registry: pull, tags, referrers", this::get),
                Route.of("HEAD", ANY, Access.READ, "Registry: whether it is there", this::head),
                Route.post(ANY, Access.PUSH, "Registry: begin an upload, or mount a blob", this::post),
                Route.of("PATCH", ANY, Access.PUSH, "Registry: add to an upload", this::patch),
                Route.of("PUT", ANY, Access.PUSH, "Registry: finish an upload, or push a manifest", this::put),
                Route.delete(ANY, Access.PUSH, "Registry: delete a manifest, tag, blob or upload", this::delete));
    }

    private RegistryPulls pulls() {
        return new RegistryPulls(registry);
    }

    private RegistryPushes pushes() {
        return new RegistryPushes(registry);
    }

    private void greet(Call call) {
        call.context().header("Docker-Distribution-Api-Version", "registry/2.0");
        call.answer(Map.of());
    }

    private static RegistryPath path(Call call) {
        return RegistryPath.of(call.context().path());
    }

    private void get(Call call) throws IOException {
        var path = path(call);
        switch (path.kind()) {
            case MANIFEST -> pulls().manifest(call, path, true);
            case BLOB -> pulls().blob(call, path);
            case UPLOAD -> pushes().status(call, path);
            case TAGS -> pulls().tags(call, path);
            case REFERRERS -> pulls().referrers(call, path);
            case UPLOADS -> throw unsupported(call);
        }
    }

    private void head(Call call) throws IOException {
        var path = path(call);
        switch (path.kind()) {
            case MANIFEST -> pulls().manifest(call, path, false);
            case BLOB -> pulls().look(call, path);
            case UPLOAD, UPLOADS, TAGS, REFERRERS -> throw unsupported(call);
        }
    }

    private void post(Call call) throws IOException {
        var path = writing(call);
        switch (path.kind()) {
            case UPLOADS -> pushes().begin(call, path);
            case MANIFEST, BLOB, UPLOAD, TAGS, REFERRERS -> throw unsupported(call);
        }
    }

    private void patch(Call call) throws IOException {
        var path = writing(call);
        switch (path.kind()) {
            case UPLOAD -> pushes().append(call, path);
            case MANIFEST, BLOB, UPLOADS, TAGS, REFERRERS -> throw unsupported(call);
        }
    }

    private void put(Call call) throws IOException {
        var path = writing(call);
        switch (path.kind()) {
            case UPLOAD -> pushes().finish(call, path);
            case MANIFEST -> pushes().manifest(call, path);
            case BLOB, UPLOADS, TAGS, REFERRERS -> throw unsupported(call);
        }
    }

    private void delete(Call call) {
        var path = writing(call);
        switch (path.kind()) {
            case UPLOAD -> pushes().cancel(call, path);
            case MANIFEST -> pushes().deleteManifest(call, path);
            case BLOB -> pushes().deleteBlob(call, path);
            case UPLOADS, TAGS, REFERRERS -> throw unsupported(call);
        }
    }

    /// What changes needs a name that a project may have.
    private RegistryPath writing(Call call) {
        var path = path(call);
        var project = path.repository().project();
        projects.requireName(project);
        if (registry.mirrors().isMirror(project)) {
            throw Refusal.DENIED
                    .problem("'" + project + "' is another registry, which is only pulled from")
                    .hint("push under the name of a project")
                    .exception();
        }
        return path;
    }

    private static ProblemException unsupported(Call call) {
        var context = call.context();
        return Refusal.UNSUPPORTED
                .problem(context.path() + " does not take " + context.method().name())
                .exception();
    }

    /// Names of repositories whose projects may be read.
    private void catalog(Call call) {
        int most = call.queryNumber("n", MOST_NAMES, Integer.MAX_VALUE);
        var last = call.query("last").orElse("");
        var after = registry.repositories().stream()
                .filter(name -> call.maySee(name.project()))
                .map(RepositoryName::text)
                .filter(name -> name.compareTo(last) > 0)
                .limit(Math.min(most, MOST_NAMES) + 1L)
                .toList();
        var page = RegistryPulls.page(call, after, Math.min(most, MOST_NAMES));
        call.answer(Map.of("repositories", page));
    }

    /// @param token the same twice: Docker reads the first name, OAuth 2 the second
    record Given(String token, String access_token, long expires_in, String issued_at) {}

    /// A pass for what is asked, of which its holder may do what they may do at that moment.
    private void token(Call call) {
        var shown = Gate.shown(call.context()).orElseThrow();
        var scopes = new ArrayList<String>();
        call.context().queryParams("scope").forEach(text -> scopes.addAll(List.of(text.split(" "))));
        var grants = scopes.stream()
                .limit(MOST_SCOPES)
                .flatMap(scope -> grant(scope).stream())
                .toList();
        // A pass opens what it opens, and no more by asking.
        var pass = registry.passes().holds(shown)
                ? shown
                : registry.passes().give(() -> tokens.apply(shown), grants, Passes.USUAL);
        call.answer(new Given(pass, pass, Passes.USUAL.toSeconds(), clock.now().toString()));
    }

    /// `repository:shop/api:pull,push`; others are of no use here.
    private static Optional<Grant> grant(String scope) {
        int end = scope.lastIndexOf(':');
        if (!scope.startsWith("repository:") || end <= "repository:".length()) {
            return Optional.empty();
        }
        var actions = List.of(scope.substring(end + 1).split(","));
        boolean isPush = actions.contains("push") || actions.contains("delete") || actions.contains("*");
        return Optional.of(new Grant(new RepositoryName(scope.substring("repository:".length(), end)), isPush));
    }
}
