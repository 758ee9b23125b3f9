package dev.johwa.door.web;

import dev.johwa.door.api.Attach;
import dev.johwa.door.api.DataList;
import dev.johwa.door.api.Frame;
import dev.johwa.door.web.Attachments.Attachment;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.process.Dialogue;
import dev.johwa.lib.process.Exit;
import dev.johwa.lib.process.Output.Channel;
import dev.johwa.lib.process.TerminalSize;
import dev.johwa.serve.data.Data;
import dev.johwa.serve.release.Hands;
import dev.johwa.serve.release.Release;
import dev.johwa.serve.release.Releases;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Commands with whose input and output somebody is connected: what they say comes as one answer that goes on, what
/// they
/// are told by requests of its own, so that it goes through whatever lets HTTP through.
final class AttachRoutes {
    private static final String ALL = "/api/v1/apps/{project}/{app}/attached";
    private static final String ONE = ALL + "/{id}";
    private static final String DATABASE = "/api/v1/apps/{project}/{app}/data/{variable}/attached";
    private static final Duration BEAT = Duration.ofSeconds(10);
    private static final Duration HEARING = Duration.ofSeconds(15);
    private static final int LARGEST_INPUT = 1 << 20;
    private static final String KIND_OF_TERMINAL = "[A-Za-z0-9._+-]{1,64}";

    private final Releases releases;
    private final Data data;
    private final Attachments attachments;

    AttachRoutes(WebRooms rooms) {
        this.releases = rooms.releases();
        this.data = rooms.data();
        this.attachments = new Attachments(rooms.tasks());
    }

    List<Route> all() {
        return List.of(
                Route.post(ALL, Access.OPERATE, "Start a command to be connected with", this::start)
                        .takes(Attach.class)
                        .gives(201, Attach.Made.class),
                Route.post(DATABASE, Access.OPERATE, "Open the client of a database, to be connected with", this::open)
                        .query("environment", "production by default")
                        .takes(DataList.Opening.class)
                        .gives(201, Attach.Made.class),
                Route.get(ONE + "/output", Access.OPERATE, "What it says, in pieces, until it ends", this::output),
                Route.post(ONE + "/input", Access.OPERATE, "Tell it something: the bytes are the body", this::input)
                        .query("end", "true: nothing more comes")
                        .gives(Attach.Heard.class),
                Route.post(ONE + "/size", Access.OPERATE, "Its terminal has another size", this::size)
                        .takes(Attach.Size.class)
                        .gives(204, Void.class),
                Route.delete(ONE, Access.OPERATE, "End it", this::end).gives(204, Void.class));
    }

    private void start(Call call) throws IOException {
        var order = call.body(Attach.class);
        OnceRoutes.requireSound(order.command(), order.minutes());
        var where = ReleaseRoutes.where(call, order.environment());
        UnknownApp.require(call, releases, where);
        var live = releases.requireLive(where);
        attachments.requireRoom();
        var hands = new Hands(
                where,
                order.command(),
                order.within(),
                order.process(),
                order.terminal().map(AttachRoutes::terminal),
                call.by());
        var program = releases.errands().attach(hands, live);
        var dialogue = new Dialogue(program, hands.terminal().isPresent(), exit -> over(hands, live, exit));
        var limit = Optional.of(order.minutes()).filter(minutes -> minutes > 0).map(Duration::ofMinutes);
        call.answer(
                201,
                new Attach.Made(
                        attachments.add(place(call), call.by(), dialogue, limit).id()));
    }

    private void open(Call call) throws IOException {
        var order = call.body(DataList.Opening.class);
        OnceRoutes.requireBounded(order.arguments());
        var where = DataRoutes.where(call);
        var database = data.require(DataRoutes.owner(where), call.path("variable"));
        attachments.requireRoom();
        var by = call.by();
        var terminal = order.terminal().map(AttachRoutes::terminal);
        var client = releases.errands().open(database, order.arguments(), terminal, by);
        var dialogue = new Dialogue(
                client, terminal.isPresent(), exit -> releases.errands().closed(database, exit, by));
        call.answer(
                201,
                new Attach.Made(attachments
                        .add(place(call), by, dialogue, Optional.empty())
                        .id()));
    }

    private void over(Hands hands, Release live, Exit exit) {
        releases.errands().over(hands, live, exit);
    }

    private static Hands.Terminal terminal(Attach.Terminal told) {
        if (told.kind() == null || !told.kind().matches(KIND_OF_TERMINAL)) {
            throw Problem.user("attached.terminal", "'" + told.kind() + "' is no kind of terminal")
                    .hint("set TERM to one such as xterm-256color")
                    .exception();
        }
        return new Hands.Terminal(new TerminalSize(told.columns(), told.rows()), told.kind());
    }

    private Attachment one(Call call) {
        return attachments.require(call.path("id"), place(call), call.by());
    }

    private static String place(Call call) {
        return call.path("project") + "/" + call.path("app");
    }

    /// Who goes away ends it.
    private void output(Call call) throws IOException, InterruptedException {
        var attachment = one(call);
        if (attachment.isHeard().getAndSet(true)) {
            throw Problem.user("attached.taken", "somebody listens to it already")
                    .exception();
        }
        var response = call.context().res();
        response.setContentType("application/octet-stream");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        response.flushBuffer();
        try {
            tell(attachment.dialogue(), response.getOutputStream());
        } finally {
            attachments.remove(attachment);
        }
    }

    private static void tell(Dialogue dialogue, OutputStream out) throws IOException, InterruptedException {
        while (true) {
            var said = dialogue.next(BEAT);
            if (said.isEmpty()) {
                new Frame(Frame.Kind.BEAT, new byte[0]).write(out);
            } else if (said.get() instanceof Dialogue.Said.Bytes(var channel, var bytes)) {
                new Frame(channel == Channel.OUT ? Frame.Kind.OUT : Frame.Kind.ERR, bytes).write(out);
            } else if (said.get() instanceof Dialogue.Said.Ended(var exit)) {
                var ended = new Attach.Ended(OnceRoutes.status(exit), exit.text());
                new Frame(Frame.Kind.ENDED, Json.bytes(ended)).write(out);
                return;
            }
        }
    }

    private void input(Call call) throws IOException, InterruptedException {
        var dialogue = one(call).dialogue();
        var bytes = call.context().req().getInputStream().readNBytes(LARGEST_INPUT + 1);
        if (bytes.length > LARGEST_INPUT) {
            throw Problem.user("attached.too-large", "input of more than 1 MiB at once")
                    .hint("send it in pieces")
                    .exception();
        }
        var heard = call.query("end").filter("true"::equals).isPresent()
                ? dialogue.endInput(HEARING)
                : dialogue.tell(bytes, HEARING);
        call.answer(new Attach.Heard(Words.lower(heard)));
    }

    private void size(Call call) throws IOException {
        var size = call.body(Attach.Size.class);
        one(call).dialogue().resize(new TerminalSize(size.columns(), size.rows()));
        call.nothing();
    }

    private void end(Call call) {
        attachments.remove(one(call));
        call.nothing();
    }
}
