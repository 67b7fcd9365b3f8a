//! The commands of callbacks.

/// The two names of the one command that asks for an agent: in the Chat and in the Contact Center
/// documentation.
pub const ASSIGN_COMMANDS: [&str; 2] = ["ChatBot.OnAssignAgent", "ChatBot.OnAssignHuman"];

/// The command that reports what happens in a session ("Session Event Callback", 1229/68989).
pub(crate) const SESSION_EVENT: &str = "Desk.SessionEventNotify";

/// Whether the command asks for an agent.
pub(super) fn is_assign(command: &str) -> bool {
    ASSIGN_COMMANDS.contains(&command)
}
