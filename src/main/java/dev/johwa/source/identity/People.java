package dev.johwa.source.identity;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Near;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The people who work here: invited, come in, with roles, removed. Safe for use by many threads.
public final class People {
    private static final int ID_BYTES = 6;
    /// Of what strangers say, no more is kept.
    private static final int LONGEST_NAME = 100;
    private static final Duration INVITATION = Duration.ofDays(7);

    private final Database database;
    private final Clock clock;
    private final FactLog facts;
    private final Tokens tokens;
    private final PersonStore store;
    private final Invitations invitations;
    private final Passwords passwords = new Passwords();
    private final Attempts attempts;

    public People(Database database, Clock clock, FactLog facts, Tokens tokens) {
        this.database = database;
        this.clock = clock;
        this.facts = facts;
        this.tokens = tokens;
        this.store = new PersonStore(database);
        this.invitations = new Invitations(database);
        this.attempts = new Attempts(clock);
    }

    /// By name.
    public List<Person> list() {
        return store.list();
    }

    public Optional<Person> find(String id) {
        return store.find(id);
    }

    /// What a person may do now; empty when the person was removed.
    public Optional<Identity> identity(String id) {
        return store.find(id).map(Person::identity);
    }

    /// Open invitations by name.
    public List<Invitation> invitations() {
        return invitations.list(clock.now());
    }

    /// An invitation and the text of its link's token, which is not kept.
    public record Invited(Invitation invitation, String token) {}

    /// Invites somebody; an earlier invitation of that name holds no longer.
    ///
    /// @param project the only one that the role is for; empty for all
    /// @param by who invites
    /// @throws ProblemException `people.taken` when somebody of that name is here
    public Invited invite(String name, Role role, Optional<String> project, String by) {
        var plain = PersonNames.read(name);
        requireFree(plain);
        return invite(plain, role, project, Optional.empty(), by);
    }

    /// Lets a person choose a new password; the old one holds until then.
    ///
    /// @throws ProblemException `people.unknown`
    public Invited reset(String name, String by) {
        var person = require(name);
        return invite(person.name(), Role.VIEWER, Optional.empty(), Optional.of(person.id()), by);
    }

    private Invited invite(String name, Role role, Optional<String> project, Optional<String> person, String by) {
        var token = "jhi_" + Unguessable.text();
        var until = clock.now().plus(INVITATION);
        var invitation = new Invitation(Unguessable.text(ID_BYTES), name, role, project, person, by, until);
        database.write(handle -> {
            invitations.add(handle, invitation, token);
            if (person.isEmpty()) {
                facts.append(handle, fact(name, "invited", Optional.of(role), project, by));
            }
            return 0;
        });
        return new Invited(invitation, token);
    }

    private void requireFree(String name) {
        boolean isHolder = tokens.list().stream()
                .anyMatch(token -> token.person().isEmpty()
                        && PersonNames.key(token.name()).equals(PersonNames.key(name)));
        if (isHolder || store.named(name).isPresent()) {
            throw Problem.user("people.taken", "somebody is called '" + name + "' here already")
                    .hint("choose another name; `johwa people role` changes what somebody may do")
                    .exception();
        }
    }

    /// The invitation of a link that still holds.
    public Optional<Invitation> invitation(String token) {
        return invitations.find(token, clock.now());
    }

    /// Comes in by an invitation, once; who had a password before has the new one only.
    ///
    /// @throws ProblemException `invitation.unknown`, or what is wrong with name and password
    public Person accept(String token, String name, String password) {
        var invitation = invitation(token).orElseThrow(People::unknownInvitation);
        var person = invitation.person().isPresent()
                ? renewed(invitation, invitation.person().get(), password)
                : joined(invitation, PersonNames.read(name), password);
        tokens.changed();
        return person;
    }

    /// What whoever shows a link that does not hold is told.
    public static ProblemException unknownInvitation() {
        return Problem.user(
                        "invitation.unknown", "this invitation does not hold: it was used, withdrawn, or is too old")
                .hint("ask whoever invited you for another link")
                .exception();
    }

    private Person joined(Invitation invitation, String name, String password) {
        requireFree(name);
        Passwords.require(password, name);
        var roles = Map.of(invitation.project().orElse(Identity.EVERYWHERE), invitation.role());
        var person = new Person(Unguessable.text(ID_BYTES), name, roles, clock.now());
        var hash = passwords.hash(password);
        return database.write(handle -> {
            take(handle, invitation);
            if (store.named(name).isPresent()) {
                requireFree(name);
            }
            store.add(handle, person, hash);
            facts.append(
                    handle,
                    fact(name, "joined", Optional.of(invitation.role()), invitation.project(), invitation.by()));
            return person;
        });
    }

    private Person renewed(Invitation invitation, String id, String password) {
        var person = store.find(id).orElseThrow(People::unknownInvitation);
        Passwords.require(password, person.name());
        var hash = passwords.hash(password);
        return database.write(handle -> {
            take(handle, invitation);
            store.setPassword(handle, id, hash);
            facts.append(handle, fact(person.name(), "password", Optional.empty(), Optional.empty(), person.name()));
            return person;
        });
    }

    private void take(Handle handle, Invitation invitation) {
        if (!invitations.take(handle, invitation.id())) {
            throw unknownInvitation();
        }
    }

    /// Who has this name and password.
    ///
    /// @param address from where it is tried
    /// @throws ProblemException `login.unauthenticated`, or `login.too-often` after several wrong ones
    public Person login(String name, String password, String address) {
        var key = PersonNames.key(name.substring(0, Math.min(name.length(), LONGEST_NAME)));
        attempts.begin(key, address);
        var person = store.named(key);
        if (!passwords.fits(password, person.flatMap(known -> store.password(known.id())))) {
            throw Problem.user("login.unauthenticated", "name and password do not fit")
                    .hint("check both; an owner makes a link for a new password with `johwa people reset NAME`")
                    .exception();
        }
        attempts.succeeded(key, address);
        return person.orElseThrow();
    }

    /// Changes what a person may do; holds for the next request.
    ///
    /// @param role empty: none there
    /// @param project where; empty for everywhere
    /// @throws ProblemException `people.unknown`, or `people.last-owner`
    public Person setRole(String name, Optional<Role> role, Optional<String> project, String by) {
        var person = require(name);
        var place = project.orElse(Identity.EVERYWHERE);
        var now = database.write(handle -> {
            var roles = new HashMap<>(person.roles());
            role.ifPresentOrElse(given -> roles.put(place, given), () -> roles.remove(place));
            var changed = new Person(person.id(), person.name(), roles, person.since());
            if (person.isOwner() && !changed.isOwner()) {
                requireOtherOwner(person);
                Invitations.removeBy(handle, person.name());
            }
            store.setRole(handle, person.id(), place, role);
            facts.append(handle, fact(person.name(), "role", role, project, by));
            return changed;
        });
        tokens.changed();
        return now;
    }

    /// Removes a person with all that lets the person in, or withdraws an invitation of that name.
    ///
    /// @throws ProblemException `people.unknown`, or `people.last-owner`
    public void remove(String name, String by) {
        var person = store.named(name);
        boolean isRemoved = database.write(handle -> {
            int withdrawn = invitations.removeNamed(handle, name);
            if (person.isEmpty()) {
                return withdrawn > 0;
            }
            if (person.get().isOwner()) {
                requireOtherOwner(person.get());
            }
            tokens.revokeAllOf(handle, person.get().id());
            ShareLinks.removeOf(handle, person.get().identity().key());
            Invitations.removeBy(handle, person.get().name());
            store.remove(handle, person.get().id());
            facts.append(handle, fact(person.get().name(), "removed", Optional.empty(), Optional.empty(), by));
            return true;
        });
        if (!isRemoved) {
            throw unknown(name);
        }
        tokens.changed();
    }

    /// Withdraws the link that was made for a name: an invitation, or one for a new password.
    ///
    /// @throws ProblemException `invitation.unknown`
    public void withdraw(String name) {
        boolean isWithdrawn = database.write(handle -> invitations.removeNamed(handle, name) > 0);
        if (!isWithdrawn) {
            throw Problem.user("invitation.unknown", "no link holds that was made for '" + name + "'")
                    .hint("`johwa people` lists those that do")
                    .exception();
        }
    }

    /// Somebody must be left who may do everything.
    private void requireOtherOwner(Person person) {
        boolean isOther = store.list().stream()
                        .anyMatch(other -> other.isOwner() && !other.id().equals(person.id()))
                || tokens.list().stream()
                        .anyMatch(token -> token.isWhole() && token.person().isEmpty());
        if (!isOther) {
            throw Problem.user("people.last-owner", "'" + person.name() + "' is the only owner")
                    .hint("make another one first: johwa people invite NAME --role owner")
                    .exception();
        }
    }

    private Person require(String name) {
        return store.named(name).orElseThrow(() -> unknown(name));
    }

    private ProblemException unknown(String name) {
        var names = list().stream().map(Person::name).toList();
        return Problem.user("people.unknown", "nobody is called '" + name + "' here")
                .hint(Near.question(name, names).orElse("`johwa people` lists them"))
                .exception();
    }

    private static PeopleChanged fact(
            String person, String change, Optional<Role> role, Optional<String> project, String by) {
        return new PeopleChanged(person, change, role.map(Role::word).orElse(""), project.orElse(""), by);
    }
}
