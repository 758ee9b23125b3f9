package dev.johwa.door.web;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.git.GitServer;
import dev.johwa.source.git.Repositories;
import dev.johwa.source.identity.Permission;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/// Git's smart HTTP protocol: the paths, headers and encodings around what [GitServer] speaks.
/// Source: git's Documentation/gitprotocol-http.
final class GitRoutes {
    private static final String UPLOAD = "git-upload-pack";
    private static final String RECEIVE = "git-receive-pack";
    private static final int BUFFER = 64 * 1024;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long LARGEST_QUESTION = 32L << 20;

    private final Repositories repositories;
    private final GitServer git;

    GitRoutes(Repositories repositories, GitServer git) {
        this.repositories = repositories;
        this.git = git;
    }

    List<Route> all() {
        return List.of(
                Route.get("/{project}.git/info/refs", Access.READ, "Git: what there is", this::advertise)
                        .query("service", UPLOAD + " or " + RECEIVE),
                Route.post("/{project}.git/" + UPLOAD, Access.READ, "Git: fetch", call -> serve(call, UPLOAD)),
                Route.post("/{project}.git/" + RECEIVE, Access.PUSH, "Git: push", call -> serve(call, RECEIVE)),
                Route.post(
                        "/{project}.git/info/lfs/objects/batch",
                        Access.READ,
                        "Git LFS, which is not kept here",
                        call -> {
                            throw noLfs(call.path("project"));
                        }),
                Route.get(
                        "/{project}.git/{file}", Access.READ, "Git's dumb protocol, which is not spoken here", call -> {
                            throw dumb();
                        }));
    }

    private void advertise(Call call) throws IOException {
        var service = call.query("service").orElse("");
        if (!service.equals(UPLOAD) && !service.equals(RECEIVE)) {
            throw dumb();
        }
        var request = request(call, service);
        if (request.isPush()) {
            call.require(Permission.PUSH, Optional.of(request.repository()));
            repositories.requireName(request.repository());
        } else {
            requireRepository(request.repository());
        }
        var response = headed(call.context(), "application/x-" + service + "-advertisement");
        git.advertise(request, response.res().getOutputStream());
    }

    private void requireRepository(String name) {
        if (!repositories.exists(name)) {
            throw Problem.user("project.unknown", "there is no project '" + name + "'")
                    .hint("the first push makes it: git push URL/" + name + ".git main")
                    .exception();
        }
    }

    private void serve(Call call, String service) throws IOException {
        var request = request(call, service);
        if (!request.isPush()) {
            requireRepository(request.repository());
        }
        requireSize(call.context(), request.isPush() ? GitServer.LARGEST_PUSH : LARGEST_QUESTION);
        var context = headed(call.context(), "application/x-" + service + "-result");
        bePatient(context);
        var body = body(context);
        git.serve(
                request,
                request.isPush() ? body : new BoundedInput(body, LARGEST_QUESTION, GitRoutes::tooLarge),
                context.res().getOutputStream());
    }

    /// Large pushes and clones pause: weak networks, slow disks, a laptop's lid.
    static void bePatient(Context context) {
        ServletContextRequest.getServletContextRequest(context.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .setIdleTimeout(PATIENCE.toMillis());
    }

    private static void requireSize(Context context, long atMost) {
        if (context.req().getContentLengthLong() > atMost) {
            throw tooLarge(atMost);
        }
    }

    private static ProblemException tooLarge(long atMost) {
        return Problem.user("git.too-large", "the request is larger than " + (atMost >> 20) + " MiB")
                .hint("push in several steps: git push URL COMMIT:BRANCH, an early commit first")
                .exception();
    }

    private static Context headed(Context context, String type) {
        context.res().setContentType(type);
        context.res().setHeader("Cache-Control", "no-cache, max-age=0, must-revalidate");
        return context;
    }

    private static InputStream body(Context context) throws IOException {
        var raw = context.req().getInputStream();
        var encoding = Optional.ofNullable(context.header("Content-Encoding")).orElse("");
        return encoding.endsWith("gzip") ? new GZIPInputStream(raw, BUFFER) : raw;
    }

    private static GitServer.Request request(Call call, String service) {
        return new GitServer.Request(
                call.path("project"),
                service,
                Optional.ofNullable(call.context().header("Git-Protocol")),
                call.by());
    }

    private static RuntimeException dumb() {
        return Problem.user("git.dumb-protocol", "this client speaks git's old (dumb) protocol, which is not served")
                .hint("use git 1.6.6 or newer over http")
                .exception();
    }

    private static RuntimeException noLfs(String project) {
        return Problem.user("git.no-lfs", "Git LFS objects are not kept here, so '" + project + "' cannot use them")
                .hint("push the files as they are (`git lfs migrate export`), or keep LFS on another server (lfs.url)")
                .exception();
    }
}
