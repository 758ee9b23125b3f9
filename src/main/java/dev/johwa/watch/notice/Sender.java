package dev.johwa.watch.notice;

/// Brings a parcel to a receiver, one try.
@FunctionalInterface
interface Sender {
    Reply send(Receiver receiver, Parcel parcel);
}
