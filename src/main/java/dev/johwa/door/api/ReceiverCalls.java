package dev.johwa.door.api;

import java.util.Map;

/// The part of the client that has to do with who is told when something goes wrong.
public final class ReceiverCalls {
    private static final String RECEIVERS = "/api/v1/receivers";
    private static final String MAIL = "/api/v1/mail";

    private final Wire wire;
    private final Client client;

    ReceiverCalls(Wire wire, Client client) {
        this.wire = wire;
        this.client = client;
    }

    public ReceiverList list() {
        return wire.get(RECEIVERS, Map.of(), ReceiverList.class);
    }

    public ReceiverList.Added add(ReceiverList.Order order) {
        return wire.post(RECEIVERS, Map.of(), order, ReceiverList.Added.class);
    }

    public void remove(String id) {
        wire.delete(RECEIVERS + "/" + Wire.encoded(id), Void.class);
    }

    /// Sends a word now, and tells what was answered.
    public ReceiverList.Answered test(String id) {
        var sending = wire.post(RECEIVERS + "/" + Wire.encoded(id) + "/test", Map.of(), Map.of(), Operation.class);
        return client.follow(sending, told -> {}, ReceiverList.Answered.class);
    }

    public ReceiverList.Mail setMail(ReceiverList.MailOrder order) {
        return wire.post(MAIL, Map.of(), order, ReceiverList.Mail.class);
    }

    public void removeMail() {
        wire.delete(MAIL, Void.class);
    }
}
