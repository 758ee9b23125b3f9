package dev.johwa.door.web;

import dev.johwa.door.api.Operation;
import dev.johwa.door.api.ReceiverList;
import dev.johwa.lib.mail.MailServer;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.identity.Permission;
import dev.johwa.watch.notice.Kind;
import dev.johwa.watch.notice.Notices;
import dev.johwa.watch.notice.Receiver;
import dev.johwa.watch.notice.Way;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Who is told when something goes wrong. Those of a project are for who looks after it; those of the platform, and the
/// server that takes letters, for owners.
final class ReceiverRoutes {
    private static final String PATH = "/api/v1/receivers";
    private static final String MAIL = "/api/v1/mail";
    private static final int LATELY = 20;

    private final WebRooms rooms;
    private final Notices notices;
    private final LongWorks works;

    ReceiverRoutes(WebRooms rooms, LongWorks works) {
        this.rooms = rooms;
        this.notices = rooms.notices();
        this.works = works;
    }

    List<Route> all() {
        return List.of(
                Route.get(PATH, Access.SIGNED_IN, "Who is told when something goes wrong", this::list)
                        .gives(ReceiverList.class),
                Route.post(PATH, Access.SIGNED_IN, "Tell somebody from now on", this::add)
                        .takes(ReceiverList.Order.class)
                        .gives(201, ReceiverList.Added.class),
                Route.delete(PATH + "/{id}", Access.SIGNED_IN, "Tell somebody no more", this::remove)
                        .gives(204, Void.class),
                Route.post(
                                PATH + "/{id}/test",
                                Access.SIGNED_IN,
                                "Send a word now to try whether it arrives",
                                this::test)
                        .gives(202, Operation.class),
                Route.post(MAIL, Access.ADMINISTER, "Set the server that takes letters", this::setMail)
                        .takes(ReceiverList.MailOrder.class)
                        .gives(ReceiverList.Mail.class),
                Route.delete(MAIL, Access.ADMINISTER, "Send no letters any more", this::removeMail)
                        .gives(204, Void.class));
    }

    static boolean mayChange(Call call, Receiver receiver) {
        return call.identity()
                .filter(known -> known.may(need(receiver.project()), ReceiverItems.known(receiver.project())))
                .isPresent();
    }

    private static Permission need(String project) {
        return project.isEmpty() ? Permission.ADMINISTER : Permission.OPERATE;
    }

    private void list(Call call) {
        var receivers = notices.receivers().stream()
                .filter(each -> mayChange(call, each))
                .map(each -> ReceiverItems.item(each, notices))
                .toList();
        var told = notices.told(project -> maySee(call, project), LATELY).stream()
                .map(ReceiverItems::condition)
                .toList();
        var mail = notices.mailServer().filter(each -> call.may(Permission.OPERATE));
        call.answer(new ReceiverList(receivers, mail.map(ReceiverItems::mail), told));
    }

    /// What is told of a project, or of the platform where it is of none.
    static boolean maySee(Call call, String project) {
        return project.isEmpty() ? call.may(Permission.ADMINISTER) : call.maySee(project);
    }

    private void add(Call call) throws IOException {
        var asked = call.body(ReceiverList.Order.class);
        var project = asked.project().orElse("");
        requireRight(call, project);
        if (!project.isEmpty()) {
            KnownProject.require(call, rooms, project);
        }
        var way = Optional.ofNullable(asked.way()).map(Way::of);
        var address = asked.address().filter(text -> !text.isBlank());
        if (way.isEmpty() || address.isEmpty() && way.get() != Way.ISSUE) {
            throw Problem.user("notify.address", "a receiver needs a way and an address")
                    .hint("such as mail and ops@example.com")
                    .exception();
        }
        Set<Kind> kinds = asked.kinds().stream().map(Kind::of).collect(Collectors.toSet());
        var remind = asked.remind()
                .map(text -> Since.duration(text, rooms.clock().now()))
                .orElse(Duration.ZERO);
        var added = notices.add(new Receiver.Order(
                way.get(), address.orElse(""), project, kinds, remind, call.may(Permission.ADMINISTER), call.by()));
        call.answer(201, new ReceiverList.Added(ReceiverItems.item(added.receiver(), notices), added.secret()));
    }

    private static void requireRight(Call call, String project) {
        if (project.isEmpty() && !call.may(Permission.ADMINISTER)) {
            throw Problem.user("permission.not-permitted", "'" + call.by() + "' may not decide who is told of all")
                    .hint("name a project that you look after: --project NAME")
                    .exception();
        }
        call.require(need(project), ReceiverItems.known(project));
    }

    private Receiver receiver(Call call) {
        return notices.require(call.path("id"), each -> mayChange(call, each));
    }

    private void remove(Call call) {
        notices.remove(receiver(call));
        call.nothing();
    }

    private void test(Call call) {
        var receiver = receiver(call);
        var by = call.by();
        var work = works.start(
                "test",
                receiver.project(),
                progress -> new ReceiverList.Answered(receiver.id(), receiver.shown(), notices.test(receiver, by)));
        call.answer(202, work.operation());
    }

    private void setMail(Call call) throws IOException {
        var asked = call.body(ReceiverList.MailOrder.class);
        if (asked.server() == null || asked.from() == null) {
            throw Problem.user("mail.address", "a mail server needs an address, and letters a sender")
                    .hint("such as smtp://user@mail.example.com:587 and johwa@example.com")
                    .exception();
        }
        var server = MailServer.read(asked.server(), asked.from(), asked.plain())
                .with(asked.password().orElse(""), asked.trusted());
        notices.mailServer(server);
        call.answer(ReceiverItems.mail(server));
    }

    private void removeMail(Call call) {
        notices.removeMailServer();
        call.nothing();
    }
}
