package dev.johwa.door.web;

import dev.johwa.door.api.AppName;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.identity.Identity;
import dev.johwa.source.identity.Permission;
import dev.johwa.watch.telemetry.Labels;
import dev.johwa.watch.telemetry.Telemetry;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A request that passed the gate, with who asks.
///
/// @param identity empty on open routes only
/// @param session of a browser that is logged in
record Call(Context context, Optional<Identity> identity, Optional<String> session) {
    private static final int LARGEST_BODY = 1024 * 1024;
    /// Of a stranger, who may send many at once.
    private static final int LARGEST_OF_STRANGERS = 64 << 10;
    private static final String FORM = "form";
    private static final String PARAMETERS = "parameters";
    private static final String JSON = "application/json";

    Call(Context context, Optional<Identity> identity) {
        this(context, identity, Optional.empty());
    }

    /// Name of who asks, as shown in history.
    String by() {
        return identity.map(Identity::name).orElse("somebody");
    }

    /// To the platform itself.
    boolean may(Permission permission) {
        return identity.filter(known -> known.may(permission, Optional.empty())).isPresent();
    }

    /// Those of an app, or of the platform where they are of none.
    boolean maySeeFigures(Labels figure) {
        var app = figure.get(Telemetry.APP);
        var project = app.isEmpty() ? figure.get(Labels.PROJECT) : AppName.projectOf(app);
        return project.isEmpty() ? may(Permission.READ) : maySee(project);
    }

    boolean maySee(String project) {
        return identity.filter(known -> known.may(Permission.READ, Optional.of(project)))
                .isPresent();
    }

    /// For routes whose need depends on what is asked.
    void require(Permission permission, Optional<String> project) {
        if (identity.filter(known -> known.may(permission, project)).isEmpty()) {
            var place = project.map(name -> " in project '" + name + "'").orElse(" here");
            throw Problem.user("permission.not-permitted", "'" + by() + "' may not " + Words.lower(permission) + place)
                    .hint("ask an owner for a larger role, or for a token that has one")
                    .exception();
        }
    }

    /// How the client reached us: `https://johwa.example.com`.
    String base() {
        return (Peer.isEncrypted(context) ? "https" : "http") + "://" + context.host();
    }

    /// From where the client comes.
    String address() {
        return Peer.address(context);
    }

    String path(String name) {
        return context.pathParam(name);
    }

    int number(String name) {
        return number(name, path(name));
    }

    Optional<String> query(String name) {
        return Optional.ofNullable(context.queryParam(name)).filter(text -> !text.isEmpty());
    }

    OptionalInt queryNumber(String name) {
        return query(name).map(text -> OptionalInt.of(number(name, text))).orElse(OptionalInt.empty());
    }

    /// A number of the query within bounds.
    int queryNumber(String name, int otherwise, int atMost) {
        int number = queryNumber(name).orElse(otherwise);
        if (number < 1 || number > atMost) {
            throw Problem.user("request.number", name + " is " + number + ", which is not from 1 to " + atMost)
                    .exception();
        }
        return number;
    }

    /// A number that was written in a form or an address.
    static int number(String name, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw Problem.user("request.number", name + " is '" + text + "', which is no number")
                    .exception();
        }
    }

    /// The body as a record; at most 1 MiB, of strangers 64 KiB.
    <T> T body(Class<T> type) throws IOException {
        var bytes = bytes();
        if (bytes.length == 0) {
            throw Problem.user("request.empty", "the request has no body")
                    .hint("send " + type.getSimpleName() + " as JSON; /api/openapi.json describes it")
                    .exception();
        }
        return Json.read(bytes, type);
    }

    private byte[] bytes() throws IOException {
        int most = identity.isPresent() ? LARGEST_BODY : LARGEST_OF_STRANGERS;
        var bytes = context.req().getInputStream().readNBytes(most + 1);
        if (bytes.length > most) {
            throw Problem.user("request.too-large", "the body is larger than " + (most >> 10) + " KiB")
                    .exception();
        }
        return bytes;
    }

    /// A field of the form that was sent; empty when it is not there.
    String form(String name) {
        Map<String, String> fields = context.attribute(FORM);
        if (fields == null) {
            try {
                fields = FormBody.fields(bytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            context.attribute(FORM, fields);
        }
        return fields.getOrDefault(name, "");
    }

    /// Values of a parameter, of the query and of a form that was sent.
    List<String> parameters(String name) throws IOException {
        var values = new ArrayList<>(context.queryParams(name));
        if (context.req().getMethod().equals("POST")) {
            Map<String, List<String>> sent = context.attribute(PARAMETERS);
            if (sent == null) {
                sent = FormBody.all(bytes());
                context.attribute(PARAMETERS, sent);
            }
            values.addAll(sent.getOrDefault(name, List.of()));
        }
        return values;
    }

    void answer(Object value) {
        answer(200, value);
    }

    void answer(int status, Object value) {
        context.status(status).contentType(JSON).result(Json.bytes(value));
    }

    void nothing() {
        context.status(204);
    }
}
