/* Generated from docs/generated/openapi.json by npm run generate; do not edit. */

export interface paths {
    "/api/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document. */
        get: operations["get_openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Agents, the oldest first. */
        get: operations["list_agents"];
        put?: never;
        /** Creates an agent with a password. */
        post: operations["create_agent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One agent. */
        get: operations["get_agent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes an agent. */
        patch: operations["change_agent"];
        trace?: never;
    };
    "/api/v1/agents/{id}/mobiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The numbers outside an agent may work with, the oldest first. */
        get: operations["list_mobiles"];
        put?: never;
        /** Gives an agent a number outside to work with. */
        post: operations["add_mobile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents/{id}/mobiles/{mobile_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Takes a number outside away from an agent. A talk by it goes on. */
        delete: operations["remove_mobile"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends the call of an agent, and with it the customer's. */
        post: operations["release_agent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents/{id}/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Makes another agent ready or not ready, or signs them out. While an agent talks, not ready is from the end of the talk on. */
        put: operations["force_agent_state"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents/{id}/supervise": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hears the talk of an agent, or takes part in it in another way. The own phone has to be there, and no work in hand. */
        post: operations["supervise_agent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents/{id}/take-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes the customer of an agent over; the agent wraps up. */
        post: operations["take_over_agent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/agents/{id}/unlock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets somebody sign in again who was locked out by wrong passwords. */
        post: operations["unlock_agent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The audit trail, the newest row first. */
        get: operations["list_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calendar-exceptions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes one, as a whole. */
        put: operations["change_calendar_exception"];
        post?: never;
        /** Takes one away. */
        delete: operations["remove_calendar_exception"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calendars": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Opening hours, the oldest first. */
        get: operations["list_calendars"];
        put?: never;
        /** Makes opening hours. */
        post: operations["create_calendar"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calendars/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of them. */
        get: operations["get_calendar"];
        put?: never;
        post?: never;
        /** Takes opening hours out of use. `conflict` while a number or a flow asks them: give those others first. */
        delete: operations["remove_calendar"];
        options?: never;
        head?: never;
        /** Changes name, zone or weekly pattern. */
        patch: operations["change_calendar"];
        trace?: never;
    };
    "/api/v1/calendars/{id}/exceptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds a holiday, a make-up workday or a closure. */
        post: operations["create_calendar_exception"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calendars/{id}/month": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What holds on each date of a month. */
        get: operations["get_calendar_month"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Calls somebody. The agent's SIP phone is rung first, where there is one; the far side's progress is shown on the desk. */
        post: operations["dial"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Conversations, the newest first. */
        get: operations["list_conversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A conversation with its whole story. */
        get: operations["get_conversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a customer who waits in a queue to an agent out of turn. The own desk has them at once, another one rings, ready or not. */
        post: operations["assign_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/block-caller": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Puts the caller of a conversation on the block list; nobody needs to see the number for it. */
        post: operations["block_caller"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a call that no agent is with: in a flow, in a queue, parked, or with somebody outside. The call of an agent is ended with its agent. */
        post: operations["end_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Holds every recording of a conversation, those that are still to come too. */
        put: operations["hold_conversation"];
        post?: never;
        /** Lifts the hold of a conversation; a recording that has a hold of its own stays held. */
        delete: operations["lift_conversation_hold"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/note": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Writes the note. */
        put: operations["set_conversation_note"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/pause-recording": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pauses the recording of a talk, whoever has it; ends as any pause does. */
        post: operations["pause_talk_recording"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/pick-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a parked customer. A SIP phone that cannot answer by itself rings first. */
        post: operations["pick_up_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/quality": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the legs of a conversation sounded, interval by interval. */
        get: operations["get_conversation_quality"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/recordings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The recordings of a conversation, oldest first; those that failed too. */
        get: operations["list_recordings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{id}/resume-recording": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The talk is kept again, whoever paused it. */
        post: operations["resume_talk_recording"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Customers, the newest first. */
        get: operations["list_customers"];
        put?: never;
        /** Creates a customer. */
        post: operations["create_customer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/customers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One customer. */
        get: operations["get_customer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes a customer. */
        patch: operations["change_customer"];
        trace?: never;
    };
    "/api/v1/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** SIP phones, the oldest first. */
        get: operations["list_devices"];
        put?: never;
        /** Creates a SIP phone and gives its password, once. */
        post: operations["create_device"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One SIP phone. */
        get: operations["get_device"];
        put?: never;
        post?: never;
        /** Forgets a SIP phone: it cannot register any more. */
        delete: operations["delete_device"];
        options?: never;
        head?: never;
        /** Changes a SIP phone. */
        patch: operations["change_device"];
        trace?: never;
    };
    "/api/v1/devices/{id}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a SIP phone a new password, shown once; the old one is wrong at once. */
        post: operations["reset_device_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispositions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Outcome codes, in their order. */
        get: operations["list_dispositions"];
        put?: never;
        /** Makes an outcome code: every wrap-up offers it. */
        post: operations["create_disposition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dispositions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes an outcome code, its place, or whether it can be chosen. */
        patch: operations["change_disposition"];
        trace?: never;
    };
    "/api/v1/floor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything live in the centre. */
        get: operations["get_floor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/floor/quality": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the talks of the floor sound at this moment. It changes every ten seconds at most. */
        get: operations["get_floor_quality"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/flows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Published flows. */
        get: operations["list_flows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/flows/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The published version of a flow. */
        get: operations["get_flow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlings/{id}/consent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Notes what the customer said in words about being recorded. A refusal holds to the end of the conversation. */
        post: operations["note_consent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlings/{id}/consult": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rings somebody about the customer, who hears music until the consult is joined, completed or dropped. */
        post: operations["consult_handling"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlings/{id}/consult/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leaves the customer with whoever was asked; so does hanging up once they have answered. */
        post: operations["complete_consult"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlings/{id}/consult/drop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets whoever was asked go, or stops ringing them, and goes on with the customer. */
        post: operations["drop_consult"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlings/{id}/consult/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Customer, agent and whoever was asked talk with each other. */
        post: operations["join_consult"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlings/{id}/consult/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The colleague who is asked goes; refused once the customer is theirs. */
        post: operations["leave_consult"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlings/{id}/digits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Presses keys towards the customer. They are kept nowhere: not in the timeline, not in the recording. */
        post: operations["send_digits"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlings/{id}/disposition": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Records the outcome. */
        put: operations["set_disposition"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlings/{id}/finish-wrap-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends after-call work. */
        post: operations["finish_wrap_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlings/{id}/hang-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends the talk. */
        post: operations["hang_up_handling"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlings/{id}/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The customer hears music. */
        post: operations["hold_handling"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlings/{id}/mute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The agent is not heard. */
        post: operations["mute_handling"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlings/{id}/park": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets the customer hear music until any agent picks them up, for two minutes at most; then they go back to whoever parked them. */
        post: operations["park_handling"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlings/{id}/parties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rings somebody who takes part in the talk as soon as they answer; everybody talks on meanwhile. One is rung at a time, and at most
         *     eight talk.
         */
        post: operations["add_party"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlings/{id}/parties/{party}/drop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets somebody who was added go, or stops ringing them. */
        post: operations["drop_party"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlings/{id}/parties/{party}/mute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets nobody hear somebody who was added. Their own mute is another thing. */
        post: operations["mute_party"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlings/{id}/parties/{party}/unmute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets somebody who was added be heard again. */
        post: operations["unmute_party"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlings/{id}/pause-recording": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Nothing is kept of the talk until it is resumed or over, or the pause is as long as one may be. */
        post: operations["pause_recording"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlings/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Back from hold. */
        post: operations["resume_handling"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlings/{id}/resume-recording": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The talk is kept again. */
        post: operations["resume_recording"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlings/{id}/start-recording": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The talk is kept from here on, where the rule leaves that to the agent. */
        post: operations["start_recording"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlings/{id}/stop-recording": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The talk is kept no longer, where the rule leaves that to the agent; what was kept stays. */
        post: operations["stop_recording"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlings/{id}/transfer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hands the customer over, unannounced. Whoever does not answer gives them back to the sender, then to the queue. */
        post: operations["transfer_handling"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handlings/{id}/unmute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The agent is heard again. */
        post: operations["unmute_handling"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Upgrades to a WebSocket: `ClientMessage` in, `ServerMessage` out. */
        get: operations["live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The account behind the request. */
        get: operations["get_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/agent/phone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Chooses the phone to work with; it is remembered. */
        put: operations["choose_phone"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/agent/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Signs in to work, goes ready or not ready, or ends work. */
        put: operations["set_agent_state"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/echo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets an agent without a call hear themselves half a second later, for 30 seconds at most; a SIP phone is rung for it. Live work that
         *     comes ends it. `work_in_hand` while there is some already.
         */
        post: operations["start_echo"];
        /** Ends it; nothing happens when it is over. */
        delete: operations["stop_echo"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/phone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Connects the browser phone; one that was connected before is replaced. */
        post: operations["attach_phone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/phone/{leg_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Disconnects the browser phone. */
        delete: operations["detach_phone"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything on one's own desk. */
        get: operations["get_me_state"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/stop-supervising": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hears the talk no more. */
        post: operations["stop_supervising"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/not-ready-reasons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reasons for not being ready, in their order. */
        get: operations["list_not_ready_reasons"];
        put?: never;
        /** Makes a reason for not being ready: every desk offers it. */
        post: operations["create_not_ready_reason"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/not-ready-reasons/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes a reason for not being ready, its place, or whether it can be chosen. Whoever is not ready with it stays so. */
        patch: operations["change_not_ready_reason"];
        trace?: never;
    };
    "/api/v1/number-list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Numbers that are blocked, let in, or first, the newest first. */
        get: operations["list_numbers_of_lists"];
        put?: never;
        /** Puts a number, all that begin alike, or all of an area, on a list. */
        post: operations["add_number_to_list"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/number-list/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Takes an entry off its list. */
        delete: operations["remove_number_of_list"];
        options?: never;
        head?: never;
        /** Changes a note or an end, or moves an entry to another list. */
        patch: operations["change_number_of_list"];
        trace?: never;
    };
    "/api/v1/number-list/areas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The areas that entries can name: what the data on numbers knows, countries with their provinces and cities, ordered by value. */
        get: operations["list_number_areas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/number-list/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What would become of a call from a number at this moment. */
        post: operations["check_number"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/numbers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Numbers customers dial. */
        get: operations["list_numbers"];
        put?: never;
        /** Makes a number: the next call to it is answered by its flow. */
        post: operations["create_number"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/numbers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Takes a number away: calls to it are refused. `in_use` while a call that came in on it is not over, or while the plan of calls outside
         *     shows it.
         */
        delete: operations["remove_number"];
        options?: never;
        head?: never;
        /** Changes name, flow, language or when calls are answered; counts from the next call on. */
        patch: operations["change_number"];
        trace?: never;
    };
    "/api/v1/numbers/{id}/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Gives a number opening hours, or takes them away. */
        put: operations["set_number_calendar"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/numbers/{id}/site": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Gives a number to a site: conversations that begin with it belong there. */
        put: operations["set_number_site"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/offers/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes an offer. */
        post: operations["accept_offer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/offers/{id}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Turns an offer down. */
        post: operations["decline_offer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/outbound-plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What may be called outside. Every trunk stands in it, whether anybody said something about it or not. */
        get: operations["get_outbound_plan"];
        /** Puts a plan in the place of the one before. Calls that are up go on. */
        put: operations["change_outbound_plan"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/outbound-plan/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says what would become of a call to a number outside, by the plan in force or by one that is not saved. Stops and the trunks that work are those
         *     of this moment; calls that were begun or are up are not looked at, so that a cap that is reached is not told. An extension of ours is not looked for.
         */
        post: operations["try_outbound_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/outbound-stops": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Stops that nobody released yet. */
        get: operations["list_outbound_stops"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/outbound-stops/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets calls go on; of an agent, or by a rule, that need not be there any more. What was called before counts no more for the alarm. */
        post: operations["release_outbound_stop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Queues, by name. */
        get: operations["list_queues"];
        put?: never;
        /** Creates a queue. */
        post: operations["create_queue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queues/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One queue. */
        get: operations["get_queue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes a queue. */
        patch: operations["change_queue"];
        trace?: never;
    };
    "/api/v1/recording-policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is recorded outside queues, and on which conditions. */
        get: operations["get_recording_policy"];
        /** Changes what is recorded. It counts from the next customer who comes to a flow, joins a queue or is answered. */
        put: operations["change_recording_policy"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Recordings of all conversations this account may hear, the newest first. */
        get: operations["list_all_recordings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{id}/audio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A recording as a WAV, 8 kHz, 16 bits: the customer on the left, agents and what was played on the right. Byte ranges are
         *     answered, also while it is being made.
         */
        get: operations["get_recording_audio"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{id}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A sealed recording as a file to keep. Who, why, in which format and what exactly is kept are entered in the audit trail first. */
        post: operations["download_recording"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{id}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Erases a recording for good: its key is destroyed and its sound removed. That it was, by whom and why stays on record. */
        post: operations["erase_recording"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{id}/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Holds a recording: neither the policy nor a person erases it until the hold is lifted. Again, it has another reason. */
        put: operations["hold_recording"];
        post?: never;
        /** Lifts the hold of a recording. One that is held with its conversation is let go with it: `on_hold`. */
        delete: operations["lift_recording_hold"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/recordings/{id}/peaks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The shape of a recording's sound, and what cannot be heard of it. Works while it is being made. */
        get: operations["get_recording_peaks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/retention-policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** For how long recordings are kept. */
        get: operations["get_retention_policy"];
        /** Changes for how long recordings are kept. It counts for recordings that exist too: those that are due are erased within minutes. */
        put: operations["change_retention_policy"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/screening-policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is done about callers nobody wants. */
        get: operations["get_screening_policy"];
        /** Changes what is done about callers nobody wants. */
        put: operations["change_screening_policy"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs a person in and gives the session cookie. */
        post: operations["sign_in"];
        /** Ends the session. */
        delete: operations["sign_out"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sites, by name. */
        get: operations["list_sites"];
        put?: never;
        /** Makes a site. */
        post: operations["create_site"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sites/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One site. */
        get: operations["get_site"];
        /** Changes a site as a whole. Phones whose address is not within it any more lose their registration at once. */
        put: operations["change_site"];
        post?: never;
        /** Takes a site away. `in_use` while phones, numbers, people, teams or queues belong to it. */
        delete: operations["remove_site"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/skills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Skills. */
        get: operations["list_skills"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/supervision-policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** In which modes agents see who supervises them. */
        get: operations["get_supervision_policy"];
        /** Changes in which modes agents see who supervises them; it counts at once, in talks that go on too. */
        put: operations["change_supervision_policy"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/system/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the node does, for those who look after it. */
        get: operations["get_system_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tasks. */
        get: operations["list_tasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One task. */
        get: operations["get_task"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}/audio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The message of a task, as [`audio`] gives it: whoever may read a task may hear it, whoever had the conversation. */
        get: operations["get_task_audio"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Closes a task with its result. */
        post: operations["close_task"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}/note": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Writes the note on a task. */
        put: operations["set_task_note"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a task back, done or not: it waits for anybody again. */
        post: operations["reopen_task"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{id}/take": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a task: it is one's own from now on. */
        post: operations["take_task"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Teams. */
        get: operations["list_teams"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/test/census": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many of everything the node holds. Answers only when test hooks are on. */
        get: operations["get_census"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/test/faults": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes the ledger's commits slow or failing, or has the process killed at a place. Answers only when test hooks are on. */
        post: operations["set_faults"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/test/kill-points": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The places at which a test can have this process killed. Answers only when test hooks are on. */
        get: operations["list_kill_points"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tokens, the newest first, revoked ones too. */
        get: operations["list_tokens"];
        put?: never;
        /** Makes a token for the caller's own account. */
        post: operations["create_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revokes a token. */
        delete: operations["revoke_token"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transfer-targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** To whom a customer can be handed over at this moment. */
        get: operations["list_transfer_targets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visitor/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Calls one of our numbers. */
        post: operations["visitor_call"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visitor/calls/{call_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Hangs up. */
        delete: operations["visitor_hang_up"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the node can do its work: 200 while new calls are taken, 503 while not. Tells codes and nothing else. */
        get: operations["get_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures as Prometheus reads them. Those of queues and agents are of the caller's centre; none is about a person. */
        get: operations["get_metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description An agent. */
        Agent: {
            /** @description May sign in. */
            enabled: boolean;
            /** @description Agent number. */
            extension: string;
            /** @description Agent id. */
            id: string;
            /**
             * Format: int64
             * @description Signing in is locked until then, after too many wrong passwords.
             */
            locked_until_at_us?: number | null;
            /** @description Display name. */
            name: string;
            /** @description Queues served. */
            queue_ids: string[];
            /** @description How far they see as a supervisor. */
            reach: components["schemas"]["ReachCode"];
            /** @description Role of the account. */
            role: components["schemas"]["RoleCode"];
            /** @description Site. */
            site_id: string;
            /** @description Skills held. */
            skill_ids: string[];
            /** @description Team. */
            team_id?: string | null;
            /** @description What they sign in with. */
            username: string;
            /**
             * Format: int64
             * @description To be handed back with a change.
             */
            version: number;
        };
        /** @description A change of an agent; what is left out stays. */
        AgentChange: {
            /** @description May sign in; `false` ends the agent's sessions. Needs `users.write`. */
            enabled?: boolean | null;
            /** @description Agent number. */
            extension?: string | null;
            /** @description Display name. */
            name?: string | null;
            /** @description A new password, 10–128 characters; ends the agent's sessions. Needs `users.write`. */
            password?: string | null;
            /** @description Queues served. */
            queue_ids?: string[] | null;
            reach?: null | components["schemas"]["ReachCode"];
            role?: null | components["schemas"]["RoleCode"];
            /** @description Site. */
            site_id?: string | null;
            /** @description Skills held. */
            skill_ids?: string[] | null;
            /** @description Team; empty for none. */
            team_id?: string | null;
            /**
             * Format: int64
             * @description The version the change was made from.
             */
            version: number;
        };
        /** @description How a talk sounds: the last interval of ten seconds that could be rated. */
        AgentQuality: {
            /** @description Agent id. */
            agent_id: string;
            /**
             * Format: double
             * @description The opinion score of the agent's leg, 1–4.5.
             */
            agent_mos?: number | null;
            /** @description Which talk. */
            conversation_id: string;
            /**
             * Format: double
             * @description That of the customer's.
             */
            customer_mos?: number | null;
        };
        /** @description One agent. */
        AgentRow: {
            /**
             * Format: double
             * @description The talk sounds bad: the opinion score that the worse of its legs became so with, 1–4.5; absent while all is well.
             */
            bad_sound?: number | null;
            /** @description The conversation in hand or ringing. */
            conversation_id?: string | null;
            /** @description The customer's name, or the masked number. */
            customer_label?: string | null;
            /** @description Agent number. */
            extension: string;
            /** @description Agent id. */
            id: string;
            /** @description Display name. */
            name: string;
            /** @description A phone is connected. */
            phone: boolean;
            /** @description What the agent works with. */
            phone_kind: components["schemas"]["PhoneKind"];
            /** @description The queue it came from. */
            queue_id?: string | null;
            /** @description Stated reason for not being ready. */
            reason_id?: string | null;
            /**
             * Format: int64
             * @description Since when; 0 for an agent who was never at work.
             */
            since_at_us: number;
            /** @description What the agent does. */
            state: components["schemas"]["AgentStateCode"];
        };
        /**
         * @description What an agent does.
         * @enum {string}
         */
        AgentStateCode: "signed_out" | "not_ready" | "ready" | "ringing" | "talking" | "held" | "wrap_up" | "supervising";
        /** @description What an agent asks to be. */
        AgentStateWanted: {
            /** @description Why, for `not_ready`. */
            reason_id?: string | null;
            /** @description The wanted state. */
            state: components["schemas"]["WantedPresence"];
        };
        /**
         * @description What happens to a caller who withholds the number.
         * @enum {string}
         */
        AnonymousAction: "accept" | "refuse" | "flow";
        /** @description What happens to callers who withhold their number. */
        AnonymousPolicy: {
            /** @description What. */
            action: components["schemas"]["AnonymousAction"];
            /** @description The flow, for `flow`. */
            flow_id: string | null;
        };
        /**
         * @description When a call that comes in through a carrier is answered, and begins to cost the caller: at once, or when an agent takes it.
         * @enum {string}
         */
        AnswerWhen: "at_once" | "with_agent";
        /** @description What people call an area. */
        AreaName: {
            /** @description In English: `Shenzhen, Guangdong`. */
            en: string;
            /** @description In Chinese: `广东深圳`. */
            zh: string;
        };
        /** @description Who is to have a customer who waits. */
        Assign: {
            /** @description The agent; the caller's own desk has the customer at once. */
            agent_id: string;
        };
        /** @description One row of the audit trail. */
        AuditRow: {
            /** @description What was done, e.g. `queue.updated`. */
            action: string;
            actor: null | components["schemas"]["Named"];
            /** @description The record after; null when there is none any more. */
            after?: Record<string, never> | null;
            /**
             * Format: int64
             * @description When.
             */
            at_us: number;
            /** @description The record before; null when there was none. */
            before?: Record<string, never> | null;
            /** @description To what: a public id. */
            object_id: string;
            /**
             * Format: int64
             * @description Place in the centre's chain, from 1.
             */
            seq: number;
            /**
             * @description Before and after are left out: the record is a customer's and the account lacks `personal_data.read`, or its
             *     content was erased.
             */
            withheld: boolean;
        };
        /** @description An outcome code or a reason, with its name in both languages. */
        BilingualName: {
            /** @description Whether it can be chosen. What was chosen before keeps its name. */
            active: boolean;
            /** @description The id. */
            id: string;
            /** @description English name. */
            name_en: string;
            /** @description Chinese name. */
            name_zh: string;
            /**
             * Format: int64
             * @description To be handed back with a change.
             */
            version: number;
        };
        /** @description A change of an outcome code or a reason; what is left out stays. */
        BilingualNameChange: {
            /** @description Whether it can be chosen. */
            active?: boolean | null;
            /** @description English name, 1–60 characters. */
            name_en?: string | null;
            /** @description Chinese name, 1–60 characters. */
            name_zh?: string | null;
            /**
             * Format: int64
             * @description Where it is to stand in its list; 0 is the first, and what is beyond the end is the end.
             */
            place?: number | null;
            /**
             * Format: int64
             * @description The version the change was made from.
             */
            version: number;
        };
        /** @description What happens to callers of the block list. */
        BlockPolicy: {
            /** @description What. */
            action: components["schemas"]["DiversionAction"];
            /** @description The flow, for `flow`. */
            flow_id: string | null;
        };
        /** @description What an agent should know of a conversation before and while talking. */
        Brief: {
            customer?: null | components["schemas"]["CustomerBrief"];
            /** @description Who opened it. */
            direction: components["schemas"]["Direction"];
            /** @description The far side's number as presented or as dialled, masked without `personal_data.read`; null when withheld. */
            from: string | null;
            /** @description Conversation id. */
            id: string;
            /** @description The language chosen. */
            language: components["schemas"]["Language"];
            /**
             * Format: int64
             * @description When the customer's conversation before this one began.
             */
            last_contact_at_us?: number | null;
            location?: null | components["schemas"]["NumberLocation"];
            number?: null | components["schemas"]["NamedNumber"];
            outbound?: null | components["schemas"]["DeskOutbound"];
            /** @description The way through the flow. */
            path: components["schemas"]["PathStep"][];
            /**
             * Format: int64
             * @description When the customer joined the queue.
             */
            queued_at_us?: number | null;
            /**
             * Format: int64
             * @description When it began.
             */
            started_at_us: number;
            /** @description Nothing has been heard of the far side so far. */
            unheard: boolean;
            /** @description The number is on the VIP list, or its beginning is. */
            vip: boolean;
            /**
             * Format: int64
             * @description How long the customer waited; of a finished wait only.
             */
            waited_ms?: number | null;
        };
        /** @description Opening hours. */
        Calendar: {
            /** @description Holidays, make-up workdays and closures, in the order they were made. */
            exceptions: components["schemas"]["CalendarException"][];
            /** @description Calendar id. */
            id: string;
            /** @description Name. */
            name: string;
            /** @description Whether it is open at this moment. */
            standing: components["schemas"]["HoursStanding"];
            /** @description IANA time zone. */
            time_zone: string;
            /**
             * Format: int64
             * @description To be handed back with a change.
             */
            version: number;
            /** @description The weekly pattern. */
            weekly: components["schemas"]["WeeklyInterval"][];
        };
        /** @description A change of opening hours; what is left out stays. */
        CalendarChange: {
            /** @description Name. */
            name?: string | null;
            /** @description IANA time zone. */
            time_zone?: string | null;
            /**
             * Format: int64
             * @description The version the change was made from.
             */
            version: number;
            /** @description The weekly pattern. */
            weekly?: components["schemas"]["WeeklyInterval"][] | null;
        };
        /** @description What holds on one date. */
        CalendarDay: {
            /**
             * Format: int64
             * @description By how much the clocks are changed on this date; absent on all others.
             */
            clock_shift_ms?: number | null;
            /** @description The date. */
            date: string;
            /** @description The holiday or make-up workday that rules, then the closures. */
            exception_ids: string[];
            /** @description The hours, after closures. */
            intervals: components["schemas"]["HoursInterval"][];
            /** @description What kind of day it is. */
            state: components["schemas"]["CalendarDayState"];
            /**
             * Format: int32
             * @description 0 = Monday … 6 = Sunday.
             */
            weekday: number;
        };
        /**
         * @description What kind of day a date is.
         * @enum {string}
         */
        CalendarDayState: "open" | "closed" | "holiday" | "make_up" | "closure";
        /** @description Dates on which something else than the weekly pattern holds. */
        CalendarException: {
            /** @description The first date. */
            first_day: string;
            /** @description Exception id. */
            id: string;
            /** @description A make-up workday's own hours; the one interval of a closure. */
            intervals: components["schemas"]["HoursInterval"][];
            /** @description What it is. */
            kind: components["schemas"]["ExceptionKind"];
            /** @description The last date. */
            last_day: string;
            /**
             * Format: int64
             * @description A make-up workday with the hours of this weekday, 0 = Monday … 6 = Sunday.
             */
            like_weekday?: number | null;
            /** @description The holiday, or the reason of a closure. */
            name: string;
        };
        /** @description An exception to be made, or the whole of one to be changed. */
        CalendarExceptionWanted: {
            /** @description The first date. */
            first_day: string;
            /** @description For a make-up workday without `like_weekday`: its hours. For a closure: exactly one; all day when left out. */
            intervals?: components["schemas"]["HoursInterval"][];
            /** @description What it is. */
            kind: components["schemas"]["ExceptionKind"];
            /** @description The last date; the first when left out. At most 366 dates. */
            last_day?: string | null;
            /**
             * Format: int64
             * @description For a make-up workday: the hours of this weekday.
             */
            like_weekday?: number | null;
            /** @description 1–60 characters. */
            name: string;
        };
        /** @description What holds on each date of a month. */
        CalendarMonth: {
            /** @description Every date, in order. */
            days: components["schemas"]["CalendarDay"][];
            /**
             * Format: int32
             * @description 1–12.
             */
            month: number;
            /** @description The date it is at this moment in the zone of the calendar. */
            today: string;
            /**
             * Format: int32
             * @description Year.
             */
            year: number;
        };
        /** @description More different numbers in a time stop calls until a person releases them. */
        CallAlarm: {
            /**
             * Format: int64
             * @description Different numbers that are still no alarm.
             */
            distinct: number;
            /**
             * Format: int64
             * @description In which time, seconds.
             */
            within_s: number;
        };
        /** @description Calls in a time; null is as many as anybody likes. None at all is a rule that denies, not a cap of 0. */
        CallCaps: {
            /**
             * Format: int64
             * @description On a day of the centre.
             */
            per_day?: number | null;
            /**
             * Format: int64
             * @description In any sixty seconds.
             */
            per_minute?: number | null;
        };
        /** @description Calls at once; null is as many as there are. */
        CallChannels: {
            /**
             * Format: int64
             * @description From the carrier; the next call is told busy.
             */
            inbound?: number | null;
            /**
             * Format: int64
             * @description To the carrier.
             */
            outbound?: number | null;
            /**
             * Format: int64
             * @description In both directions together.
             */
            total?: number | null;
        };
        /** @description A caller to be put on the block list. */
        CallerToBlock: {
            /**
             * Format: int64
             * @description For how many days, 1–3,650; null or left out is for ever.
             */
            days?: number | null;
            /** @description Why, up to 2,000 characters. */
            note?: string | null;
        };
        /** @description What a call of ours has come to. */
        CallOutcome: {
            by?: null | components["schemas"]["Evidence"];
            /**
             * Format: int64
             * @description From the call to the first ring or sound of the far side.
             */
            post_dial_delay_ms?: number | null;
            /** @description What. */
            result: components["schemas"]["OutboundResult"];
        };
        /** @description Calls at this moment. */
        CallsHealth: {
            /**
             * Format: int64
             * @description Legs of agents' browsers.
             */
            agent: number;
            /**
             * Format: int64
             * @description Conversations, wrap-up included.
             */
            conversations: number;
            /**
             * Format: int64
             * @description Legs of carriers.
             */
            telephone: number;
            /**
             * Format: int64
             * @description Legs of visitors' browsers.
             */
            visitor: number;
        };
        /** @description How many of everything the node holds; all but `tasks` return to zero when nobody is on the line. */
        CensusState: {
            /** @description Counts by name. */
            counts: Record<string, never>;
        };
        /** @description The certificate in use. */
        CertificateHealth: {
            /**
             * Format: int64
             * @description Not good any more from then on.
             */
            expires_at_us: number;
            /** @description Made by the server itself; browsers ask before they trust it. */
            generated: boolean;
            /** @description Names and addresses it is good for. */
            names: string[];
            /** @description SHA-256 as browsers show it. */
            sha256: string;
        };
        /**
         * @description The channel a conversation came in by.
         * @enum {string}
         */
        Channel: "voice";
        /** @description What a client says. */
        ClientMessage: {
            /** @description The last cursor seen: the events after it are told again. Null begins with the state as it stands. */
            cursor?: string | null;
            /** @enum {string} */
            op: "subscribe";
            /** @description Which. */
            topics: string[];
        } | {
            /** @enum {string} */
            op: "unsubscribe";
            /** @description Which. */
            topics: string[];
        } | {
            /** @enum {string} */
            op: "ping";
        };
        /**
         * @description A codec that telephones may be offered.
         * @enum {string}
         */
        Codec: "pcma" | "pcmu" | "g722" | "opus";
        /** @description How far the ledger had come when a command was done; the live stream has shown it when it has passed this cursor. */
        CommandDone: {
            /** @description Opaque. */
            cursor: string;
        };
        /** @description What the customer said about being recorded. */
        ConsentNoted: {
            /** @description They agree, or refuse. */
            given: boolean;
        };
        /**
         * @description How far a consult has come.
         * @enum {string}
         */
        ConsultState: "ringing" | "private" | "joined";
        /** @description Whom to ask about a customer: exactly one of the two. */
        ConsultWanted: {
            /** @description A colleague. */
            agent_id?: string | null;
            /** @description What was typed: an extension of ours, or a number outside that may be dialled. */
            number?: string | null;
            reason?: null | components["schemas"]["TransferReason"];
        };
        /** @description A conversation with its whole story. */
        ConversationDetail: components["schemas"]["ConversationSummary"] & {
            /** @description Every leg that took part, in the order they joined. */
            legs: components["schemas"]["ConversationLeg"][];
            note: null | components["schemas"]["Note"];
            recordings_hold?: null | components["schemas"]["RecordingHold"];
            /** @description Everything that happened, in order. */
            timeline: components["schemas"]["TimelineEvent"][];
        };
        /** @description The hold on a whole conversation. */
        ConversationHold: {
            /** @description Which conversation. */
            conversation_id: string;
            hold?: null | components["schemas"]["RecordingHold"];
        };
        /** @description A leg in a conversation. */
        ConversationLeg: {
            agent?: null | components["schemas"]["Named"];
            /** @description Leg id. */
            id: string;
            /**
             * Format: int64
             * @description Joined.
             */
            joined_at_us: number;
            /**
             * Format: int64
             * @description Left.
             */
            left_at_us?: number | null;
            /** @description As what. */
            role: components["schemas"]["LegRole"];
        };
        /** @description How the legs of a conversation sounded, those that began first first. */
        ConversationQuality: {
            /** @description One for each stretch of a leg in the conversation; none of a leg of which nothing was kept. */
            legs: components["schemas"]["LegQuality"][];
        };
        /**
         * @description Whether a conversation goes on.
         * @enum {string}
         */
        ConversationState: "live" | "ended";
        /** @description A conversation in one line. */
        ConversationSummary: {
            agent?: null | components["schemas"]["Named"];
            /** @description By which channel. */
            channel: components["schemas"]["Channel"];
            customer?: null | components["schemas"]["CustomerBrief"];
            /** @description Who opened it. */
            direction: components["schemas"]["Direction"];
            /** @description The last recorded outcome. */
            disposition_id?: string | null;
            end?: null | components["schemas"]["End"];
            /**
             * Format: int64
             * @description When it ended.
             */
            ended_at_us?: number | null;
            /** @description The caller's number as presented, masked (`138****8000`) without `personal_data.read`; null when withheld. */
            from: string | null;
            /**
             * Format: int64
             * @description On hold.
             */
            hold_ms?: number | null;
            /** @description Conversation id. */
            id: string;
            location?: null | components["schemas"]["NumberLocation"];
            number?: null | components["schemas"]["NamedNumber"];
            outbound?: null | components["schemas"]["CallOutcome"];
            queue?: null | components["schemas"]["Named"];
            /**
             * Format: int64
             * @description When it began.
             */
            started_at_us: number;
            /** @description Whether it goes on. */
            state: components["schemas"]["ConversationState"];
            /**
             * Format: int64
             * @description Talked, holds not counted.
             */
            talk_ms?: number | null;
            /** @description The caller is on the VIP list and went before others. */
            vip: boolean;
            /**
             * Format: int64
             * @description Waited in queues.
             */
            wait_ms?: number | null;
            /**
             * Format: int64
             * @description Wrapped up.
             */
            wrap_up_ms?: number | null;
        };
        /** @description A customer. */
        Customer: {
            /** @description Company. */
            company?: string | null;
            /**
             * Format: int64
             * @description Created.
             */
            created_at_us: number;
            /** @description Fields of the centre's own. */
            custom: Record<string, never>;
            /** @description Customer id. */
            id: string;
            /** @description Standing. */
            level: components["schemas"]["CustomerLevel"];
            /** @description Name. */
            name: string;
            /** @description A note. */
            note?: string | null;
            /** @description Telephone numbers; masked without `personal_data.read`. */
            numbers: components["schemas"]["CustomerNumber"][];
            /** @description The site whose customer it is; absent when all sites share it. */
            site_id?: string | null;
            /**
             * Format: int64
             * @description Last changed.
             */
            updated_at_us: number;
            /**
             * Format: int64
             * @description To be handed back with a change.
             */
            version: number;
        };
        /** @description A customer in one line. */
        CustomerBrief: {
            /** @description Customer id. */
            id: string;
            /** @description Standing. */
            level: components["schemas"]["CustomerLevel"];
            /** @description Name. */
            name: string;
        };
        /**
         * @description A change of a customer; what is left out stays. `company` and `note` are removed by an empty text, and an empty `site_id` shares it among all
         *     sites.
         */
        CustomerChange: {
            /** @description Company. */
            company?: string | null;
            /** @description Fields of the centre's own, in place of those there were. */
            custom?: Record<string, never> | null;
            level?: null | components["schemas"]["CustomerLevel"];
            /** @description Name. */
            name?: string | null;
            /** @description A note. */
            note?: string | null;
            /** @description All numbers, in place of those there were. */
            numbers?: components["schemas"]["NewCustomerNumber"][] | null;
            /** @description The site whose customer it is. Who sees one site cannot change it. */
            site_id?: string | null;
            /**
             * Format: int64
             * @description The version the change was made from.
             */
            version: number;
        };
        /**
         * @description Standing of a customer.
         * @enum {string}
         */
        CustomerLevel: "standard" | "vip";
        /** @description A telephone number of a customer. */
        CustomerNumber: {
            /** @description In E.164. */
            e164: string;
            /** @description What it is: mobile, office … */
            label?: string | null;
            location?: null | components["schemas"]["NumberLocation"];
            /** @description As it was typed. */
            number: string;
        };
        /**
         * @description What happens to a caller of whom nothing is heard.
         * @enum {string}
         */
        DeadAirAction: "end" | "flow";
        /** @description What happens to a caller of whom neither a sound nor a key has come since the answer. */
        DeadAirPolicy: {
            /** @description What happens. */
            action: components["schemas"]["DeadAirAction"];
            /**
             * Format: int64
             * @description Seconds in a flow or in a talk, 10–120; an agent is told first and has as long again.
             */
            after_s: number;
            /** @description The flow, for `flow`. */
            flow_id: string | null;
            /** @description In force. */
            on: boolean;
        };
        /**
         * @description Why a number may not be called.
         * @enum {string}
         */
        DenialCode: "misspelt" | "unknown_agent" | "no_rule" | "not_for_agent" | "denied_by_rule" | "agent_stopped" | "rule_stopped" | "agent_per_minute" | "agent_per_day" | "rule_per_minute" | "rule_per_day" | "rule_talk" | "uncounted" | "no_trunk" | "trunks_full";
        /** @description What the desks of a consult are told of it. */
        DeskConsult: {
            /** @description Whether it is this agent who asked, and who may join, complete and drop it. */
            asked: boolean;
            /** @description The number outside, when somebody outside is asked; masked for those who may not see it. */
            number?: string | null;
            reason?: null | components["schemas"]["TransferReason"];
            /** @description How far it has come. */
            state: components["schemas"]["ConsultState"];
            with?: null | components["schemas"]["Named"];
        };
        /** @description A conversation in hand. */
        DeskHandling: {
            consult?: null | components["schemas"]["DeskConsult"];
            /** @description The conversation. */
            conversation: components["schemas"]["Brief"];
            /** @description The agent's phone is away; the customer hears music. */
            device_lost: boolean;
            /** @description Recorded outcome. */
            disposition_id?: string | null;
            /** @description Handling id. */
            id: string;
            /** @description The agent's outgoing audio is cut. */
            muted: boolean;
            /** @description Who else takes part, when more than two talk or are about to; absent otherwise. */
            parties?: components["schemas"]["Party"][];
            queue?: null | components["schemas"]["Named"];
            recording?: null | components["schemas"]["DeskRecording"];
            /**
             * Format: int64
             * @description Answered.
             */
            started_at_us: number;
            /** @description Where it is. */
            state: components["schemas"]["HandlingStateCode"];
            /**
             * Format: int64
             * @description In `state` since.
             */
            state_since_us: number;
            /** @description Supervisors the agent may know of; absent when there are none, or none that are shown. */
            supervised_by?: components["schemas"]["SupervisedBy"][];
            /**
             * Format: int64
             * @description End of wrap-up, while it runs.
             */
            wrap_up_until_us?: number | null;
        };
        /** @description An offer that rings. */
        DeskOffer: {
            /** @description The conversation. */
            conversation: components["schemas"]["Brief"];
            /**
             * Format: int32
             * @description Of how many eligible agents.
             */
            eligible: number;
            /** @description Offer id. */
            id: string;
            /**
             * Format: int64
             * @description How long the agent had been idle.
             */
            idle_ms: number;
            /**
             * Format: int64
             * @description Since when it rings.
             */
            offered_at_us: number;
            queue?: null | components["schemas"]["Named"];
            /** @description Why this agent. */
            reason: components["schemas"]["RouteReason"];
            /**
             * Format: int64
             * @description Until when it rings.
             */
            ring_until_us: number;
            transfer?: null | components["schemas"]["DeskTransfer"];
        };
        /** @description An attempt to call somebody. */
        DeskOutbound: {
            by?: null | components["schemas"]["Evidence"];
            result?: null | components["schemas"]["OutboundResult"];
            /** @description The far side rings. */
            ringing: boolean;
        };
        /** @description A phone an agent may work with instead of the browser. */
        DeskPhone: {
            /** @description Answers by itself when asked to. */
            auto_answer: boolean;
            /** @description Device id. */
            id: string;
            /** @description A SIP phone, or a number outside. */
            kind: components["schemas"]["PhoneKind"];
            /** @description What people call it; of a number outside the number. */
            name: string;
        };
        /** @description The recording of a talk. */
        DeskRecording: {
            /** @description Recording id; absent when there is none. */
            id?: string | null;
            /** @description The agent may start it. */
            may_start: boolean;
            /** @description The agent may stop it. */
            may_stop: boolean;
            /**
             * Format: int64
             * @description When the pause ends by itself.
             */
            pause_ends_at_us?: number | null;
            paused?: null | components["schemas"]["PauseReason"];
            /**
             * Format: int64
             * @description Since when it is paused.
             */
            paused_since_us?: number | null;
            /** @description What is kept at this moment. */
            state: components["schemas"]["DeskRecordingState"];
        };
        /**
         * @description What is kept of a talk at a moment.
         * @enum {string}
         */
        DeskRecordingState: "off" | "on" | "paused" | "waiting_for_consent" | "refused";
        /** @description The talk a supervisor hears. */
        DeskSupervision: {
            /** @description The conversation. */
            conversation: components["schemas"]["Brief"];
            /** @description Heard by whom. */
            mode: components["schemas"]["SupervisionMode"];
            /** @description Whose talk. */
            of: components["schemas"]["Named"];
            silent?: null | components["schemas"]["SupervisionSilence"];
            /**
             * Format: int64
             * @description Since when.
             */
            since_at_us: number;
        };
        /** @description What the desk that rings is told of a transfer. */
        DeskTransfer: {
            /** @description Who hands the customer over, or asks. */
            from: components["schemas"]["Named"];
            /** @description Blind, park: who accepts has the customer. Consult: who accepts is asked first. */
            kind: components["schemas"]["TransferKind"];
            reason?: null | components["schemas"]["TransferReason"];
        };
        /** @description A SIP phone. */
        Device: {
            /** @description Who works with it. */
            agent_id?: string | null;
            /** @description Answers by itself when asked to, so that the desk's button can answer it. */
            auto_answer: boolean;
            /** @description Where it is registered. */
            contacts: components["schemas"]["DeviceContact"][];
            /** @description Whether its calls are encrypted. */
            encryption: components["schemas"]["DeviceEncryption"];
            /** @description Device id. */
            id: string;
            /** @description What people call it. */
            name: string;
            refused?: null | components["schemas"]["DeviceRefusal"];
            /** @description Site. */
            site_id: string;
            /** @description Whether it could be rung. */
            state: components["schemas"]["DeviceState"];
            /** @description What it registers with. */
            username: string;
            /**
             * Format: int64
             * @description To be handed back with a change.
             */
            version: number;
        };
        /** @description A change of a SIP phone; what is left out stays. */
        DeviceChange: {
            /** @description Who works with it; empty for nobody. */
            agent_id?: string | null;
            /** @description Answers by itself when asked to. */
            auto_answer?: boolean | null;
            encryption?: null | components["schemas"]["DeviceEncryption"];
            /** @description Name. */
            name?: string | null;
            /** @description Site. */
            site_id?: string | null;
            /**
             * Format: int64
             * @description The version the change was made from.
             */
            version: number;
        };
        /** @description One place a SIP phone is registered at. */
        DeviceContact: {
            /** @description Address and port its packets come from. */
            address: string;
            /**
             * Format: int64
             * @description Until the registration expires.
             */
            expires_in_ms: number;
            /** @description Whether it answers. */
            reachable: boolean;
            /** @description `udp`, `tcp` or `tls`. */
            transport: string;
            /** @description What it calls itself. */
            user_agent: string;
        };
        /**
         * @description Whether a SIP phone's calls are encrypted.
         * @enum {string}
         */
        DeviceEncryption: "off" | "when_offered" | "required";
        /** @description A SIP phone that spoke from outside the addresses of its site. */
        DeviceRefusal: {
            /** @description Address and port its packets came from. */
            address: string;
            /**
             * Format: int64
             * @description When it tried last.
             */
            at_us: number;
        };
        /**
         * @description Whether a SIP phone could be rung at this moment.
         * @enum {string}
         */
        DeviceState: "offline" | "silent" | "reachable";
        /** @description A SIP phone with its password: the only moment it can be read. */
        DeviceWithPassword: {
            /** @description The phone. */
            device: components["schemas"]["Device"];
            /** @description Its password. It is kept nowhere and cannot be shown again. */
            password: string;
            /** @description The realm the password is for. */
            realm: string;
            /** @description Address and port of the registrar, for UDP and TCP. */
            server: string;
            /** @description The same for TLS, where it is served. */
            server_tls?: string | null;
        };
        /** @description Whom to call. */
        DialWanted: {
            /** @description The task it is for. */
            task_id?: string | null;
            /** @description A number outside, or an extension or phone of the centre. */
            to: string;
        };
        /** @description Keys towards the customer. */
        DigitsWanted: {
            /** @description `0` to `9`, `*`, `#` and `A` to `D`, one after another; 1 to 40. */
            keys: string;
        };
        /**
         * @description Who opened a conversation.
         * @enum {string}
         */
        Direction: "inbound" | "outbound" | "internal";
        /** @description A disk. */
        DiskHealth: {
            /**
             * Format: int64
             * @description Bytes that may still be written.
             */
            free_bytes: number;
            /**
             * Format: int64
             * @description How long it last took to make 4 KiB durable, in microseconds.
             */
            sync_us?: number | null;
            /**
             * Format: int64
             * @description Bytes in all.
             */
            total_bytes: number;
        };
        /** @description The outcome of a handling. */
        DispositionChosen: {
            /** @description Which. */
            disposition_id: string;
        };
        /**
         * @description What happens to a caller who is not let in.
         * @enum {string}
         */
        DiversionAction: "refuse" | "flow";
        /**
         * @description As what a recording is taken out of the house.
         * @enum {string}
         */
        DownloadFormat: "wav" | "opus";
        /** @description A download. */
        DownloadOrder: {
            /** @description As what. */
            format: components["schemas"]["DownloadFormat"];
            /** @description Why, 1–500 characters; it is entered in the audit trail. */
            reason: string;
            /** @description Adds the supervisor's voice on the right; needs `floor.supervise`. */
            supervisor?: boolean | null;
        };
        /** @description How something ended. */
        End: {
            /** @description Who ended it. */
            by: components["schemas"]["EndedBy"];
            /** @description How. */
            reason: components["schemas"]["EndReason"];
        };
        /**
         * @description Who ended something.
         * @enum {string}
         */
        EndedBy: "customer" | "agent" | "system" | "network" | "outside";
        /**
         * @description How a conversation or a leg ended.
         * @enum {string}
         */
        EndReason: "hung_up" | "cancelled" | "flow_ended" | "closed" | "unknown_number" | "forbidden" | "no_codec" | "overload" | "busy" | "no_answer" | "declined" | "unreachable" | "timeout" | "media_lost" | "node_restarted" | "protocol_error" | "flow_failed" | "internal_fault" | "screened" | "trunk_full" | "invalid_number" | "congestion" | "dead_air";
        /**
         * @description Why a recording was erased.
         * @enum {string}
         */
        ErasureCause: "retention" | "request";
        /**
         * @description What happened; the catalogue of events says each in a sentence.
         * @enum {string}
         */
        EventKind: "conversation_started" | "customer_identified" | "conversation_ended" | "leg_joined" | "leg_answered" | "leg_left" | "leg_degraded" | "leg_rated" | "peer_held" | "early_media_started" | "flow_node_entered" | "flow_node_left" | "hours_checked" | "queued" | "left_queue" | "agent_offered" | "offer_ended" | "place_kept" | "place_resumed" | "outbound_started" | "outbound_ringing" | "outbound_rerouted" | "outbound_ended" | "outbound_recognised" | "handling_started" | "handling_held" | "handling_resumed" | "handling_muted" | "handling_ended" | "wrap_up_started" | "wrap_up_finished" | "handling_disposed" | "transfer_started" | "transfer_joined" | "transfer_ended" | "conference_changed" | "supervised" | "recording_started" | "recording_paused" | "recording_resumed" | "recording_gap" | "recording_sealed" | "recording_failed" | "recording_erased" | "agent_signed_in" | "agent_ready" | "agent_not_ready" | "agent_signed_out" | "agent_device_changed" | "agent_telephone_changed" | "voicemail_left" | "screened" | "vip_recognised" | "outbound_stopped" | "outbound_released" | "trunk_full" | "consent_given" | "consent_refused" | "recording_switched" | "recording_ruled" | "dead_air_found" | "floor_started" | "mobile_called" | "mobile_ended";
        /**
         * @description How the result of a call is known: by what the network said, by a tone it played, or by nothing at all.
         * @enum {string}
         */
        Evidence: "cause" | "tone" | "silence";
        /**
         * @description What an exception is.
         * @enum {string}
         */
        ExceptionKind: "holiday" | "make_up" | "closure";
        /**
         * @description What is wrong with one field.
         * @enum {string}
         */
        FaultCode: "missing" | "malformed" | "too_small" | "too_large" | "unknown_reference" | "unknown" | "taken" | "too_many" | "overlapping" | "ends_too_early" | "emergency_number" | "own_number" | "own_country" | "unknown_time_zone" | "no_tls";
        /** @description Makes the ledger's commits slow or failing. */
        FaultOrder: {
            /** @description Commits fail until told otherwise. */
            fail_commits?: boolean | null;
            /**
             * Format: int32
             * @description How often it may pass the place before; 0 if not given.
             */
            kill_after?: number | null;
            /** @description The process is killed at the place of this name. */
            kill_at?: string | null;
            /**
             * Format: int64
             * @description Commits wait this long from now, up to 10,000 ms.
             */
            stall_ms?: number | null;
        };
        /** @description One fault of a request. */
        FieldFault: {
            /** @description What is wrong with it. */
            code: components["schemas"]["FaultCode"];
            /** @description The field, as a dotted path; empty for the body as a whole. */
            field: string;
            /**
             * Format: int64
             * @description The limit that was passed, where there is one.
             */
            limit?: number | null;
        };
        /** @description How talks sound at this moment. */
        FloorQuality: {
            /** @description Every agent in talk whose own leg, or whose customer's, was rated. */
            agents: components["schemas"]["AgentQuality"][];
        };
        /** @description Everything live in the centre at one moment. Figures are of today in the tenant's time zone. */
        FloorState: {
            /** @description Every agent. */
            agents: components["schemas"]["AgentRow"][];
            /**
             * Format: int64
             * @description When this was so.
             */
            at_us: number;
            /** @description The server takes no new calls and ends after the last one. */
            draining: boolean;
            /**
             * Format: int32
             * @description Callers in flows.
             */
            flow: number;
            /**
             * Format: int32
             * @description Customers who were handed over to somebody outside and talk with them, without an agent.
             */
            forwarded: number;
            /** @description They, longest first. */
            forwarded_list: components["schemas"]["ForwardedRow"][];
            /** @description The ledger can be written; when not, new calls are refused. */
            ledger_ok: boolean;
            /** @description Who, and what, may not call outside until a person releases it. */
            outbound_stops: components["schemas"]["OutboundStop"][];
            /** @description Customers who are parked, longest first. */
            parked: components["schemas"]["Parked"][];
            /** @description Every queue. */
            queues: components["schemas"]["QueueRow"][];
            /** @description Recordings are written; when not, talk goes on and what is missing becomes a gap. */
            recordings_ok: boolean;
            /** @description Every site, where there are several, or one whose phones must be at certain addresses; else none. */
            sites: components["schemas"]["SiteRow"][];
            /** @description Every trunk that is configured. */
            trunks: components["schemas"]["TrunkRow"][];
            /** @description Callers waiting in queues, longest first. */
            waiting: components["schemas"]["WaitingRow"][];
        };
        /** @description The published version of a flow. */
        Flow: {
            /**
             * Format: int32
             * @description Index of the first node.
             */
            entry: number;
            /** @description Flow id. */
            id: string;
            /** @description Name. */
            name: string;
            /** @description The nodes; exits name them by index. */
            nodes: components["schemas"]["FlowNode"][];
            /**
             * Format: int32
             * @description Published version.
             */
            version: number;
        };
        /**
         * @description By which way a customer left a node of a flow; `choice` comes with `choice` (from 0) and `choice_label`.
         * @enum {string}
         */
        FlowExitCode: "next" | "choice" | "invalid" | "timeout" | "open" | "closed" | "full" | "nothing" | "yes" | "no" | "customer_left" | "failed" | "node_restarted";
        /** @description One node of a flow. */
        FlowNode: {
            /** @description The opening hours it asks; left out when it asks those of the number. */
            calendar_id?: string | null;
            /** @description The ways out. */
            exits: components["schemas"]["FlowNodeExit"][];
            /** @description What it does. */
            kind: components["schemas"]["FlowNodeKind"];
            /** @description What people call it. */
            label: string;
            language?: null | components["schemas"]["Language"];
            /** @description The queue it hands over to. */
            queue_id?: string | null;
            /** @description Names of the sounds it speaks. */
            sounds: string[];
        };
        /** @description One way out of a node. */
        FlowNodeExit: {
            /** @description `next`, `open`, `closed`, `choice`, `invalid`, `timeout`, `full`, `nothing`, `yes` or `no`. */
            exit: string;
            /** @description The key, for `choice`. */
            key?: string | null;
            /** @description The name of the choice. */
            label?: string | null;
            /**
             * Format: int32
             * @description Index of the node it leads to.
             */
            node: number;
        };
        /**
         * @description What a node does.
         * @enum {string}
         */
        FlowNodeKind: "play" | "menu" | "hours" | "set_language" | "enqueue" | "voicemail" | "consent" | "hang_up";
        /** @description A flow in one line. */
        FlowSummary: {
            /** @description Flow id. */
            id: string;
            /** @description Name. */
            name: string;
            /**
             * Format: int32
             * @description How many nodes.
             */
            nodes: number;
            /**
             * Format: int32
             * @description Published version.
             */
            version: number;
        };
        /**
         * @description What a supervisor can make of an agent's presence.
         * @enum {string}
         */
        ForcedPresence: "ready" | "not_ready" | "signed_out";
        /** @description What to make of an agent's presence. */
        ForceState: {
            /** @description Why, for `not_ready`. */
            reason_id?: string | null;
            /** @description The wanted presence. */
            state: components["schemas"]["ForcedPresence"];
        };
        /** @description One customer who talks with somebody outside, without an agent. */
        ForwardedRow: {
            /** @description The agent who handed them over. */
            by: components["schemas"]["Named"];
            /** @description The conversation. */
            conversation_id: string;
            /** @description The customer's name, or the masked number. */
            customer_label: string;
            /**
             * Format: int64
             * @description Since when no agent is with them.
             */
            since_at_us: number;
            /** @description Whom they talk with: the masked number. */
            to_label: string;
        };
        /** @description A stretch that cannot be heard. */
        Gap: {
            cause?: null | components["schemas"]["GapCause"];
            /**
             * Format: int64
             * @description Where it begins.
             */
            from_ms: number;
            /**
             * Format: int64
             * @description How long it is.
             */
            length_ms: number;
            /** @description Whose sound it would be. */
            role: components["schemas"]["LegRole"];
        };
        /**
         * @description Why a stretch is missing in a recording.
         * @enum {string}
         */
        GapCause: "overflow" | "disk_full" | "disk_failed" | "torn_off";
        /**
         * @description How a handling ended.
         * @enum {string}
         */
        HandlingEnd: "customer_hung_up" | "agent_hung_up" | "agent_lost" | "network_failed" | "node_restarted" | "internal_fault" | "not_reached" | "transferred" | "consult_ended" | "taken_over" | "released" | "dead_air";
        /**
         * @description What an agent's part in a conversation is doing.
         * @enum {string}
         */
        HandlingStateCode: "talking" | "held" | "wrap_up";
        /**
         * @description What is wrong.
         * @enum {string}
         */
        HealthCode: "ledger_unwritable" | "floor_stalled" | "media_stalled" | "signalling_stalled" | "draining" | "ledger_slow" | "recordings_failing" | "recordings_missing" | "disk_low" | "trunk_silent" | "trunk_down" | "trunk_unregistered" | "calls_stopped" | "files_low" | "certificate_expired" | "certificate_expiring" | "certificate_unusable" | "locations_unusable";
        /** @description Whether the node can do its work. */
        HealthState: {
            /** @description What is wrong. */
            codes?: components["schemas"]["HealthCode"][];
            /** @description Overall. */
            status: components["schemas"]["HealthStatus"];
        };
        /**
         * @description Overall health.
         * @enum {string}
         */
        HealthStatus: "ok" | "degraded" | "failing";
        /** @description A part of one day. */
        HoursInterval: {
            /**
             * Format: int64
             * @description 0–1,439.
             */
            from_minute: number;
            /**
             * Format: int64
             * @description 1–1,440, after `from_minute`.
             */
            to_minute: number;
        };
        /**
         * @description Why opening hours are open or closed.
         * @enum {string}
         */
        HoursReasonCode: "weekly" | "holiday" | "make_up" | "closure" | "no_calendar";
        /** @description Whether opening hours are open at a moment, why, and until when. */
        HoursStanding: {
            /** @description The holiday, make-up workday or closure that says so. */
            exception_id?: string | null;
            /** @description Open. */
            open: boolean;
            /** @description Why. */
            reason: components["schemas"]["HoursReasonCode"];
            /**
             * Format: int64
             * @description When it opens or closes next; absent when that is more than 400 days away.
             */
            until_at_us?: number | null;
        };
        /** @description A place at which the process can be killed. */
        KillPoint: {
            /** @description Its name. */
            name: string;
            /** @description During what it is passed. */
            when: components["schemas"]["KillStage"];
        };
        /** @description The places at which a test can have the process killed. */
        KillPoints: {
            /** @description All of them. */
            points: components["schemas"]["KillPoint"][];
        };
        /**
         * @description During what a place is passed.
         * @enum {string}
         */
        KillStage: "first_start" | "first_call" | "start" | "work" | "stop";
        /**
         * @description A language.
         * @enum {string}
         */
        Language: "zh" | "en";
        /**
         * @description How a customer left a queue for good.
         * @enum {string}
         */
        LeaveReason: "answered" | "abandoned" | "timed_out" | "failed" | "unserved";
        /** @description The ledger. */
        LedgerHealth: {
            /**
             * Format: int64
             * @description What 99 of 100 commits of the last minute stayed within; absent when there was none.
             */
            commit_p99_ms?: number | null;
            /**
             * Format: int64
             * @description How long the oldest of them has been waiting.
             */
            oldest_ms: number;
            /**
             * Format: int64
             * @description Events not yet durable.
             */
            uncommitted: number;
        };
        /** @description How a leg sounded from the moment it came in until it left. */
        LegQuality: {
            agent?: null | components["schemas"]["Named"];
            /**
             * Format: int64
             * @description When it came in, or its sound began.
             */
            from_us: number;
            /**
             * Format: int64
             * @description Seconds each sample but the last stands for.
             */
            interval_s: number;
            /** @description Leg id. */
            leg_id: string;
            /** @description The leg is in the conversation still. */
            live: boolean;
            /**
             * Format: double
             * @description The mean opinion score of all intervals, 1–4.5; absent when too little came to tell.
             */
            mean?: number | null;
            /** @description As what. */
            role: components["schemas"]["LegRole"];
            /** @description Oldest first, at most 360. */
            samples: components["schemas"]["QualitySample"][];
            /**
             * Format: double
             * @description That of the worst.
             */
            worst?: number | null;
        };
        /**
         * @description What a leg is in a conversation.
         * @enum {string}
         */
        LegRole: "customer" | "agent" | "supervisor" | "media" | "outside";
        /** @description One page of a list. */
        List_Agent: {
            /** @description The entries of this page. */
            items: {
                /** @description May sign in. */
                enabled: boolean;
                /** @description Agent number. */
                extension: string;
                /** @description Agent id. */
                id: string;
                /**
                 * Format: int64
                 * @description Signing in is locked until then, after too many wrong passwords.
                 */
                locked_until_at_us?: number | null;
                /** @description Display name. */
                name: string;
                /** @description Queues served. */
                queue_ids: string[];
                /** @description How far they see as a supervisor. */
                reach: components["schemas"]["ReachCode"];
                /** @description Role of the account. */
                role: components["schemas"]["RoleCode"];
                /** @description Site. */
                site_id: string;
                /** @description Skills held. */
                skill_ids: string[];
                /** @description Team. */
                team_id?: string | null;
                /** @description What they sign in with. */
                username: string;
                /**
                 * Format: int64
                 * @description To be handed back with a change.
                 */
                version: number;
            }[];
            /** @description Opaque; hand it back as `cursor` for the next page. Null on the last page. */
            next_cursor: string | null;
        };
        /** @description One page of a list. */
        List_AuditRow: {
            /** @description The entries of this page. */
            items: {
                /** @description What was done, e.g. `queue.updated`. */
                action: string;
                actor: null | components["schemas"]["Named"];
                /** @description The record after; null when there is none any more. */
                after?: Record<string, never> | null;
                /**
                 * Format: int64
                 * @description When.
                 */
                at_us: number;
                /** @description The record before; null when there was none. */
                before?: Record<string, never> | null;
                /** @description To what: a public id. */
                object_id: string;
                /**
                 * Format: int64
                 * @description Place in the centre's chain, from 1.
                 */
                seq: number;
                /**
                 * @description Before and after are left out: the record is a customer's and the account lacks `personal_data.read`, or its
                 *     content was erased.
                 */
                withheld: boolean;
            }[];
            /** @description Opaque; hand it back as `cursor` for the next page. Null on the last page. */
            next_cursor: string | null;
        };
        /** @description One page of a list. */
        List_BilingualName: {
            /** @description The entries of this page. */
            items: {
                /** @description Whether it can be chosen. What was chosen before keeps its name. */
                active: boolean;
                /** @description The id. */
                id: string;
                /** @description English name. */
                name_en: string;
                /** @description Chinese name. */
                name_zh: string;
                /**
                 * Format: int64
                 * @description To be handed back with a change.
                 */
                version: number;
            }[];
            /** @description Opaque; hand it back as `cursor` for the next page. Null on the last page. */
            next_cursor: string | null;
        };
        /** @description One page of a list. */
        List_Calendar: {
            /** @description The entries of this page. */
            items: {
                /** @description Holidays, make-up workdays and closures, in the order they were made. */
                exceptions: components["schemas"]["CalendarException"][];
                /** @description Calendar id. */
                id: string;
                /** @description Name. */
                name: string;
                /** @description Whether it is open at this moment. */
                standing: components["schemas"]["HoursStanding"];
                /** @description IANA time zone. */
                time_zone: string;
                /**
                 * Format: int64
                 * @description To be handed back with a change.
                 */
                version: number;
                /** @description The weekly pattern. */
                weekly: components["schemas"]["WeeklyInterval"][];
            }[];
            /** @description Opaque; hand it back as `cursor` for the next page. Null on the last page. */
            next_cursor: string | null;
        };
        /** @description One page of a list. */
        List_ConversationSummary: {
            /** @description The entries of this page. */
            items: {
                agent?: null | components["schemas"]["Named"];
                /** @description By which channel. */
                channel: components["schemas"]["Channel"];
                customer?: null | components["schemas"]["CustomerBrief"];
                /** @description Who opened it. */
                direction: components["schemas"]["Direction"];
                /** @description The last recorded outcome. */
                disposition_id?: string | null;
                end?: null | components["schemas"]["End"];
                /**
                 * Format: int64
                 * @description When it ended.
                 */
                ended_at_us?: number | null;
                /** @description The caller's number as presented, masked (`138****8000`) without `personal_data.read`; null when withheld. */
                from: string | null;
                /**
                 * Format: int64
                 * @description On hold.
                 */
                hold_ms?: number | null;
                /** @description Conversation id. */
                id: string;
                location?: null | components["schemas"]["NumberLocation"];
                number?: null | components["schemas"]["NamedNumber"];
                outbound?: null | components["schemas"]["CallOutcome"];
                queue?: null | components["schemas"]["Named"];
                /**
                 * Format: int64
                 * @description When it began.
                 */
                started_at_us: number;
                /** @description Whether it goes on. */
                state: components["schemas"]["ConversationState"];
                /**
                 * Format: int64
                 * @description Talked, holds not counted.
                 */
                talk_ms?: number | null;
                /** @description The caller is on the VIP list and went before others. */
                vip: boolean;
                /**
                 * Format: int64
                 * @description Waited in queues.
                 */
                wait_ms?: number | null;
                /**
                 * Format: int64
                 * @description Wrapped up.
                 */
                wrap_up_ms?: number | null;
            }[];
            /** @description Opaque; hand it back as `cursor` for the next page. Null on the last page. */
            next_cursor: string | null;
        };
        /** @description One page of a list. */
        List_Customer: {
            /** @description The entries of this page. */
            items: {
                /** @description Company. */
                company?: string | null;
                /**
                 * Format: int64
                 * @description Created.
                 */
                created_at_us: number;
                /** @description Fields of the centre's own. */
                custom: Record<string, never>;
                /** @description Customer id. */
                id: string;
                /** @description Standing. */
                level: components["schemas"]["CustomerLevel"];
                /** @description Name. */
                name: string;
                /** @description A note. */
                note?: string | null;
                /** @description Telephone numbers; masked without `personal_data.read`. */
                numbers: components["schemas"]["CustomerNumber"][];
                /** @description The site whose customer it is; absent when all sites share it. */
                site_id?: string | null;
                /**
                 * Format: int64
                 * @description Last changed.
                 */
                updated_at_us: number;
                /**
                 * Format: int64
                 * @description To be handed back with a change.
                 */
                version: number;
            }[];
            /** @description Opaque; hand it back as `cursor` for the next page. Null on the last page. */
            next_cursor: string | null;
        };
        /** @description One page of a list. */
        List_Device: {
            /** @description The entries of this page. */
            items: {
                /** @description Who works with it. */
                agent_id?: string | null;
                /** @description Answers by itself when asked to, so that the desk's button can answer it. */
                auto_answer: boolean;
                /** @description Where it is registered. */
                contacts: components["schemas"]["DeviceContact"][];
                /** @description Whether its calls are encrypted. */
                encryption: components["schemas"]["DeviceEncryption"];
                /** @description Device id. */
                id: string;
                /** @description What people call it. */
                name: string;
                refused?: null | components["schemas"]["DeviceRefusal"];
                /** @description Site. */
                site_id: string;
                /** @description Whether it could be rung. */
                state: components["schemas"]["DeviceState"];
                /** @description What it registers with. */
                username: string;
                /**
                 * Format: int64
                 * @description To be handed back with a change.
                 */
                version: number;
            }[];
            /** @description Opaque; hand it back as `cursor` for the next page. Null on the last page. */
            next_cursor: string | null;
        };
        /** @description One page of a list. */
        List_FlowSummary: {
            /** @description The entries of this page. */
            items: {
                /** @description Flow id. */
                id: string;
                /** @description Name. */
                name: string;
                /**
                 * Format: int32
                 * @description How many nodes.
                 */
                nodes: number;
                /**
                 * Format: int32
                 * @description Published version.
                 */
                version: number;
            }[];
            /** @description Opaque; hand it back as `cursor` for the next page. Null on the last page. */
            next_cursor: string | null;
        };
        /** @description One page of a list. */
        List_ListedRecording: {
            /** @description The entries of this page. */
            items: (components["schemas"]["Recording"] & {
                /** @description Its conversation. */
                conversation: components["schemas"]["RecordedConversation"];
            })[];
            /** @description Opaque; hand it back as `cursor` for the next page. Null on the last page. */
            next_cursor: string | null;
        };
        /** @description One page of a list. */
        List_Mobile: {
            /** @description The entries of this page. */
            items: {
                /** @description Device id, by which the agent chooses it. */
                id: string;
                /** @description The number; masked for others without `personal_data.read`. */
                number: string;
            }[];
            /** @description Opaque; hand it back as `cursor` for the next page. Null on the last page. */
            next_cursor: string | null;
        };
        /** @description One page of a list. */
        List_Named: {
            /** @description The entries of this page. */
            items: {
                /** @description The id. */
                id: string;
                /** @description The name. */
                name: string;
            }[];
            /** @description Opaque; hand it back as `cursor` for the next page. Null on the last page. */
            next_cursor: string | null;
        };
        /** @description One page of a list. */
        List_Number: {
            /** @description The entries of this page. */
            items: {
                /** @description When its calls are answered. */
                answer: components["schemas"]["AnswerWhen"];
                /** @description Its opening hours; null is always open. */
                calendar_id: string | null;
                /** @description The flow that answers it. */
                flow_id: string;
                /** @description Number id. */
                id: string;
                /** @description The language callers start in. */
                language: components["schemas"]["Language"];
                /** @description What it is for. */
                name: string;
                /** @description Digits as customers dial them. */
                number: string;
                /** @description Site. */
                site_id: string;
                /**
                 * Format: int64
                 * @description To be handed back with a change.
                 */
                version: number;
            }[];
            /** @description Opaque; hand it back as `cursor` for the next page. Null on the last page. */
            next_cursor: string | null;
        };
        /** @description One page of a list. */
        List_NumberArea: {
            /** @description The entries of this page. */
            items: {
                /** @description What people call it. */
                name: components["schemas"]["AreaName"];
                /** @description What an entry has as its `value`: the code of the country, with the province and the city behind it (`CN/广东/深圳`). */
                value: string;
            }[];
            /** @description Opaque; hand it back as `cursor` for the next page. Null on the last page. */
            next_cursor: string | null;
        };
        /** @description One page of a list. */
        List_NumberListEntry: {
            /** @description The entries of this page. */
            items: {
                area: null | components["schemas"]["AreaName"];
                /**
                 * Format: int64
                 * @description When it was put in.
                 */
                created_at_us: number;
                created_by: null | components["schemas"]["Named"];
                /**
                 * Format: int64
                 * @description From when on it says nothing any more; null is for ever.
                 */
                expires_at_us: number | null;
                /** @description Entry id. */
                id: string;
                /** @description What it stands for. */
                kind: components["schemas"]["NumberListKind"];
                /** @description Of which list. */
                list: components["schemas"]["NumberListCode"];
                /** @description Why it is there. */
                note: string | null;
                /** @description The number or beginning as it was typed, masked without `personal_data.read`; of an area its path. */
                value: string;
            }[];
            /** @description Opaque; hand it back as `cursor` for the next page. Null on the last page. */
            next_cursor: string | null;
        };
        /** @description One page of a list. */
        List_Queue: {
            /** @description The entries of this page. */
            items: {
                /** @description Agents who serve it. */
                agent_ids: string[];
                /** @description Names of the sounds spoken on entry. */
                entry_sounds: string[];
                /** @description Queue id. */
                id: string;
                /** @description Name of the music. */
                music: string;
                /** @description Name. */
                name: string;
                /** @description What is kept of customers while they wait in it and talk to its agents. */
                recording: components["schemas"]["RecordingRule"];
                /**
                 * Format: int64
                 * @description Days its recordings are kept; null as the retention policy says.
                 */
                retention_days: number | null;
                /**
                 * Format: int64
                 * @description How long an offer rings.
                 */
                ring_timeout_ms: number;
                /**
                 * Format: int64
                 * @description Service-level target.
                 */
                service_level_target_ms: number;
                /** @description Site. */
                site_id: string;
                /** @description Skills an agent must have, all of them. */
                skill_ids: string[];
                /** @description Team. */
                team_id?: string | null;
                /**
                 * Format: int64
                 * @description To be handed back with a change.
                 */
                version: number;
                /**
                 * Format: int64
                 * @description Longest wait; absent means for ever.
                 */
                wait_max_ms?: number | null;
                /**
                 * Format: int64
                 * @description Most customers waiting at once; absent means as many as the server takes.
                 */
                waiting_max?: number | null;
                /**
                 * Format: int64
                 * @description Longest wrap-up; 0 means none.
                 */
                wrap_up_ms: number;
            }[];
            /** @description Opaque; hand it back as `cursor` for the next page. Null on the last page. */
            next_cursor: string | null;
        };
        /** @description One page of a list. */
        List_Recording: {
            /** @description The entries of this page. */
            items: {
                /**
                 * Format: int64
                 * @description Size of what is kept, once sealed.
                 */
                bytes?: number | null;
                /** @description Of which conversation. */
                conversation_id: string;
                /**
                 * Format: int64
                 * @description How long it plays, once sealed.
                 */
                duration_ms?: number | null;
                erased?: null | components["schemas"]["RecordingErasure"];
                /**
                 * Format: int64
                 * @description When the retention policy in force erases it, once sealed; absent when it is kept for ever. A hold stands against it.
                 */
                expires_at_us?: number | null;
                fault?: null | components["schemas"]["RecordingFault"];
                /**
                 * Format: int64
                 * @description How much is missing in them.
                 */
                gap_ms: number;
                /**
                 * Format: int64
                 * @description Stretches that are missing in it.
                 */
                gaps: number;
                hold?: null | components["schemas"]["RecordingHold"];
                /** @description Recording id. */
                id: string;
                /** @description Whether the asking account may download it. */
                may_download: boolean;
                /** @description Whether the asking account may erase it at this moment. */
                may_erase: boolean;
                /** @description Whether the asking account may hold it and lift its hold. */
                may_hold: boolean;
                /** @description Whether the asking account may hear it. */
                may_play: boolean;
                /** @description Put together after a restart of the server. */
                recovered: boolean;
                /** @description SHA-256 of what is kept, once sealed. */
                sha256?: string | null;
                /**
                 * Format: int64
                 * @description When it began; its sound begins there.
                 */
                started_at_us: number;
                /** @description What became of it. */
                state: components["schemas"]["RecordingStateCode"];
                /** @description Whose sound it keeps. */
                tracks: components["schemas"]["RecordingTracks"];
            }[];
            /** @description Opaque; hand it back as `cursor` for the next page. Null on the last page. */
            next_cursor: string | null;
        };
        /** @description One page of a list. */
        List_Site: {
            /** @description The entries of this page. */
            items: {
                /** @description Where its phones register and call from, e.g. `10.8.0.0/24`; empty is from anywhere. */
                address_ranges: string[];
                /**
                 * Format: int32
                 * @description Calls of its phones, and of its agents who work with the browser, with elsewhere at once; null is no limit.
                 */
                calls_max: number | null;
                /** @description The codecs its phones are offered, the best first. */
                codecs: components["schemas"]["Codec"][];
                /**
                 * Format: int64
                 * @description SIP phones that belong to it.
                 */
                devices: number;
                /** @description Site id. */
                id: string;
                /** @description Its name. */
                name: string;
                /**
                 * Format: int64
                 * @description Numbers that belong to it.
                 */
                numbers: number;
                /** @description IANA time zone. */
                time_zone: string;
                /**
                 * Format: int64
                 * @description People who belong to it.
                 */
                users: number;
                /**
                 * Format: int64
                 * @description To be handed back with a change.
                 */
                version: number;
            }[];
            /** @description Opaque; hand it back as `cursor` for the next page. Null on the last page. */
            next_cursor: string | null;
        };
        /** @description One page of a list. */
        List_Task: {
            /** @description The entries of this page. */
            items: {
                /**
                 * Format: int64
                 * @description Ended.
                 */
                closed_at_us?: number | null;
                closed_by?: null | components["schemas"]["Named"];
                /** @description The conversation it comes from. */
                conversation_id?: string | null;
                /**
                 * Format: int64
                 * @description Made.
                 */
                created_at_us: number;
                customer?: null | components["schemas"]["CustomerBrief"];
                /**
                 * Format: int64
                 * @description To be done until.
                 */
                due_at_us?: number | null;
                /** @description The customer's number as presented, masked (`138****8000`) without `personal_data.read`; null when withheld. */
                from: string | null;
                /** @description Task id. */
                id: string;
                /** @description What it asks for. */
                kind: components["schemas"]["TaskKind"];
                /**
                 * Format: int64
                 * @description How long the message is.
                 */
                length_ms?: number | null;
                location?: null | components["schemas"]["NumberLocation"];
                /** @description What people wrote about it. */
                note?: string | null;
                number?: null | components["schemas"]["NamedNumber"];
                owner?: null | components["schemas"]["Named"];
                queue?: null | components["schemas"]["Named"];
                reason?: null | components["schemas"]["VoicemailCause"];
                /** @description The message. */
                recording_id?: string | null;
                result?: null | components["schemas"]["TaskResult"];
                /** @description How far it is. */
                state: components["schemas"]["TaskState"];
                /**
                 * Format: int64
                 * @description Grows with every change.
                 */
                version: number;
            }[];
            /** @description Opaque; hand it back as `cursor` for the next page. Null on the last page. */
            next_cursor: string | null;
        };
        /** @description One page of a list. */
        List_Token: {
            /** @description The entries of this page. */
            items: {
                /**
                 * Format: int64
                 * @description When it was made.
                 */
                created_at_us: number;
                /**
                 * Format: int64
                 * @description When it ends by itself.
                 */
                expires_at_us?: number | null;
                /** @description Token id. */
                id: string;
                /** @description What it is for. */
                name: string;
                /** @description All it may do, where that is less than its owner may; null is whatever the owner may. */
                permissions: string[] | null;
                /**
                 * Format: int64
                 * @description When it was revoked.
                 */
                revoked_at_us?: number | null;
                /** @description On whose behalf the program acts. */
                user_id: string;
            }[];
            /** @description Opaque; hand it back as `cursor` for the next page. Null on the last page. */
            next_cursor: string | null;
        };
        /** @description A recording with what its conversation was. */
        ListedRecording: components["schemas"]["Recording"] & {
            /** @description Its conversation. */
            conversation: components["schemas"]["RecordedConversation"];
        };
        /** @description The data that says where numbers are from. */
        LocationsHealth: {
            /** @description It is what comes inside the program. */
            built_in: boolean;
            /** @description Its date, `YYYY-MM-DD`. */
            dated: string;
            /** @description What it is called, with its version. */
            source: string;
        };
        /** @description A token that was made. The secret is shown once and kept nowhere. */
        MadeToken: components["schemas"]["Token"] & {
            /** @description To be sent as `Authorization: Bearer …`. */
            secret: string;
        };
        /** @description The account behind the request. */
        Me: {
            /** @description To be sent as `X-CSRF-Token` with every unsafe request of this session; empty for programs, which need none. */
            csrf_token: string;
            /** @description The server shows example data and the visitor page. */
            demo: boolean;
            /** @description Where this page is to be had over HTTPS, when the server knows. */
            https_url?: string | null;
            /** @description Names of everything the account may do. */
            permissions: string[];
            /**
             * Format: int64
             * @description Clock of the server.
             */
            server_at_us: number;
            /** @description The centre. */
            tenant: components["schemas"]["MeTenant"];
            /** @description Who. */
            user: components["schemas"]["MeUser"];
        };
        /** @description The agent. */
        MeAgent: {
            cause?: null | components["schemas"]["PresenceCause"];
            /** @description The phone the agent works with is connected: the browser, or the phone chosen; a number outside while it may be called. */
            phone: boolean;
            /** @description Whether the agent is at work and takes offers, whatever is in hand. */
            presence: components["schemas"]["Presence"];
            /** @description Stated reason for not being ready. */
            reason_id?: string | null;
            /**
             * Format: int64
             * @description In `state` since.
             */
            since_at_us: number;
            /** @description What the agent does. */
            state: components["schemas"]["AgentStateCode"];
            telephone?: null | components["schemas"]["DeskPhone"];
            /** @description The SIP phones and numbers outside the agent may work with. */
            telephones: components["schemas"]["DeskPhone"][];
        };
        /** @description Everything on an agent's own desk at one moment. */
        MeState: {
            /** @description The agent. */
            agent: components["schemas"]["MeAgent"];
            /**
             * Format: int64
             * @description When this was so.
             */
            at_us: number;
            /** @description The server takes no new calls and ends after the last one. */
            draining: boolean;
            /** @description Conversations in hand, wrap-up included. */
            handlings: components["schemas"]["DeskHandling"][];
            /** @description Offers that ring. */
            offers: components["schemas"]["DeskOffer"][];
            /** @description Customers who are parked, longest first; whoever is free may pick them up. */
            parked: components["schemas"]["Parked"][];
            /**
             * Format: int64
             * @description Grows with every change of the settings: what was read of them before may be old.
             */
            settings_version: number;
            supervision?: null | components["schemas"]["DeskSupervision"];
        };
        /** @description The centre of an account. */
        MeTenant: {
            /** @description Tenant id. */
            id: string;
            /** @description Name. */
            name: string;
            /** @description IANA time zone. */
            time_zone: string;
        };
        /** @description A person or program. */
        MeUser: {
            /** @description The agent the user is at the desk. */
            agent_id: string;
            /** @description Agent number. */
            extension: string;
            /** @description User id. */
            id: string;
            /** @description Display name. */
            name: string;
            /** @description Role. */
            role: components["schemas"]["RoleCode"];
            /** @description User name. */
            username: string;
        };
        /** @description A number outside that an agent may work with as with a phone of ours. */
        Mobile: {
            /** @description Device id, by which the agent chooses it. */
            id: string;
            /** @description The number; masked for others without `personal_data.read`. */
            number: string;
        };
        /** @description An id with the name people know it by. */
        Named: {
            /** @description The id. */
            id: string;
            /** @description The name. */
            name: string;
        };
        /** @description A number of ours with its name. */
        NamedNumber: {
            /** @description The id. */
            id: string;
            /** @description What it is for. */
            name: string;
            /** @description Digits as customers dial them. */
            number: string;
        };
        /** @description An agent to be created. */
        NewAgent: {
            /** @description Agent number, 2–8 digits. */
            extension: string;
            /** @description Display name, 1–60 characters. */
            name: string;
            /** @description 10–128 characters. */
            password: string;
            /** @description Queues served. */
            queue_ids?: string[];
            reach?: null | components["schemas"]["ReachCode"];
            role?: null | components["schemas"]["RoleCode"];
            /** @description Site; the head office when left out. */
            site_id?: string | null;
            /** @description Skills held. */
            skill_ids?: string[];
            /** @description Team. */
            team_id?: string | null;
            /** @description 2–40 of `a`–`z`, `0`–`9`, `.`, `_`, `-`. */
            username: string;
        };
        /** @description An outcome code or a reason to be made; it is the last of its list. */
        NewBilingualName: {
            /** @description English name, 1–60 characters. */
            name_en: string;
            /** @description Chinese name, 1–60 characters. */
            name_zh: string;
        };
        /** @description Opening hours to be made. */
        NewCalendar: {
            /** @description 1–60 characters. */
            name: string;
            /** @description IANA time zone; the centre's when left out. */
            time_zone?: string | null;
            /** @description The weekly pattern. */
            weekly?: components["schemas"]["WeeklyInterval"][];
        };
        /** @description A customer to be created. */
        NewCustomer: {
            /** @description Company, up to 100 characters. */
            company?: string | null;
            /** @description Fields of the centre's own, up to 16 KiB as JSON. */
            custom?: Record<string, never> | null;
            level?: null | components["schemas"]["CustomerLevel"];
            /** @description Name, 1–100 characters. */
            name: string;
            /** @description A note, up to 4,000 characters. */
            note?: string | null;
            /** @description Up to 20 numbers. */
            numbers?: components["schemas"]["NewCustomerNumber"][];
            /**
             * @description The site whose customer it is; that of whoever creates it when left out, and shared by all sites when empty. Who sees one site may name that
             *     one only.
             */
            site_id?: string | null;
        };
        /** @description A telephone number to be kept. */
        NewCustomerNumber: {
            /** @description What it is, up to 40 characters. */
            label?: string | null;
            /** @description In any usual spelling. */
            number: string;
        };
        /** @description A SIP phone to be created. */
        NewDevice: {
            /** @description Who works with it. */
            agent_id?: string | null;
            /** @description Answers by itself when asked to; no when left out. */
            auto_answer?: boolean;
            encryption?: null | components["schemas"]["DeviceEncryption"];
            /** @description What people call it, 1–60 characters. */
            name: string;
            /** @description Site; the head office when left out. */
            site_id?: string | null;
            /** @description 2–40 of `a`–`z`, `0`–`9`, `.`, `_`, `-`; unique in the installation. */
            username: string;
        };
        /** @description A number to be given to an agent. */
        NewMobile: {
            /** @description A number outside in any spelling, none of those who help and none of ours; an agent has four at most. */
            number: string;
        };
        /** @description A number to be made. */
        NewNumber: {
            answer?: null | components["schemas"]["AnswerWhen"];
            /** @description Its opening hours; always open when null or left out. */
            calendar_id?: string | null;
            /** @description The flow that answers it. */
            flow_id: string;
            /** @description The language callers start in. */
            language: components["schemas"]["Language"];
            /** @description What it is for, 1–60 characters. */
            name: string;
            /**
             * @description As the trunk delivers it, 1–60 characters: digits, with `+` before them where the carrier writes it, or the user name of a
             *     registration. Spaces, brackets and dashes between digits are left out.
             */
            number: string;
            /** @description Site; the head office when left out. */
            site_id?: string | null;
        };
        /** @description An entry to be put in. */
        NewNumberListEntry: {
            /**
             * Format: int64
             * @description Until when, in the future and within a hundred years; null or left out is for ever.
             */
            expires_at_us?: number | null;
            /** @description What it stands for. */
            kind: components["schemas"]["NumberListKind"];
            /** @description Into which list. */
            list: components["schemas"]["NumberListCode"];
            /** @description Why, up to 2,000 characters. */
            note?: string | null;
            /**
             * @description A number in any usual spelling, a beginning of at least two digits behind the code of the country, or an area of
             *     `/api/v1/number-list/areas`; the centre's own country cannot be blocked. Up to 40 characters.
             */
            value: string;
        };
        /** @description A queue to be created. */
        NewQueue: {
            /** @description Agents who serve it. */
            agent_ids?: string[];
            /** @description Names of the sounds spoken on entry, up to 10. */
            entry_sounds?: string[];
            /** @description Name of the music; the standard one when left out. */
            music?: string | null;
            /** @description Name, 1–60 characters. */
            name: string;
            recording?: null | components["schemas"]["RecordingRule"];
            /**
             * Format: int64
             * @description Days its recordings are kept, 1–3,650; as the retention policy says when null or left out.
             */
            retention_days?: number | null;
            /**
             * Format: int64
             * @description 1,000–300,000; 20,000 when left out.
             */
            ring_timeout_ms?: number | null;
            /**
             * Format: int64
             * @description 1,000–3,600,000; 20,000 when left out.
             */
            service_level_target_ms?: number | null;
            /** @description Site; the head office when left out. */
            site_id?: string | null;
            /** @description Skills an agent must have. */
            skill_ids?: string[];
            /** @description Team. */
            team_id?: string | null;
            /**
             * Format: int64
             * @description 5,000–86,400,000; for ever when left out.
             */
            wait_max_ms?: number | null;
            /**
             * Format: int64
             * @description 1–2,000; as many as the server takes when left out.
             */
            waiting_max?: number | null;
            /**
             * Format: int64
             * @description 0–3,600,000; 60,000 when left out.
             */
            wrap_up_ms?: number | null;
        };
        /** @description A token to be made for the caller's own account. */
        NewToken: {
            /**
             * Format: int64
             * @description When it ends by itself; never when left out.
             */
            expires_at_us?: number | null;
            /** @description What it is for, 1–60 characters. */
            name: string;
            /** @description Names of what it may do, none the caller may not; all the caller may when left out. */
            permissions?: string[] | null;
        };
        /** @description A note. */
        Note: {
            /** @description The text. */
            text: string;
            /**
             * Format: int64
             * @description Last written.
             */
            updated_at_us: number;
        };
        /** @description A note to be written. */
        NoteText: {
            /** @description The text, up to 4,000 characters; empty removes the note. */
            text: string;
        };
        /** @description What happens to a number that calls again and again and is gone after seconds each time. */
        NuisancePolicy: {
            /** @description What happens to it. */
            action: components["schemas"]["DiversionAction"];
            /**
             * Format: int64
             * @description Short calls that are too many, 2–100.
             */
            calls: number;
            /** @description The flow, for `flow`. */
            flow_id: string | null;
            /**
             * Format: int64
             * @description How long the number is kept out after the last of them, 1–1,440.
             */
            for_minutes: number;
            /** @description In force. */
            on: boolean;
            /**
             * Format: int64
             * @description A call its caller ends before this is short, 1–60.
             */
            shorter_than_s: number;
            /**
             * Format: int64
             * @description In which time, 1–60.
             */
            within_minutes: number;
        };
        /** @description A number customers dial. */
        Number: {
            /** @description When its calls are answered. */
            answer: components["schemas"]["AnswerWhen"];
            /** @description Its opening hours; null is always open. */
            calendar_id: string | null;
            /** @description The flow that answers it. */
            flow_id: string;
            /** @description Number id. */
            id: string;
            /** @description The language callers start in. */
            language: components["schemas"]["Language"];
            /** @description What it is for. */
            name: string;
            /** @description Digits as customers dial them. */
            number: string;
            /** @description Site. */
            site_id: string;
            /**
             * Format: int64
             * @description To be handed back with a change.
             */
            version: number;
        };
        /** @description An area that an entry can name. */
        NumberArea: {
            /** @description What people call it. */
            name: components["schemas"]["AreaName"];
            /** @description What an entry has as its `value`: the code of the country, with the province and the city behind it (`CN/广东/深圳`). */
            value: string;
        };
        /** @description The opening hours of a number. */
        NumberCalendar: {
            /** @description Calendar id; null is always open. */
            calendar_id: string | null;
        };
        /** @description A change of a number; what is left out stays. Its digits cannot be changed: make another one. */
        NumberChange: {
            answer?: null | components["schemas"]["AnswerWhen"];
            /** @description The flow that answers it, from the next call on. */
            flow_id?: string | null;
            language?: null | components["schemas"]["Language"];
            /** @description What it is for, 1–60 characters. */
            name?: string | null;
            /**
             * Format: int64
             * @description The version the change was made from.
             */
            version: number;
        };
        /** @description What would become of a call from a number at this moment. */
        NumberCheck: {
            entry: null | components["schemas"]["NumberListEntry"];
            /** @description The number as it is compared; empty when it is withheld or none; masked without `personal_data.read`. */
            normalised: string;
            /** @description What becomes of it. */
            outcome: components["schemas"]["ScreenOutcome"];
            reason: null | components["schemas"]["ScreenReasonCode"];
            /** @description Served before others. */
            vip: boolean;
        };
        /** @description A change of an entry; what is left out stays. */
        NumberListChange: {
            /**
             * Format: int64
             * @description Until when, in the future and within a hundred years; null is for ever.
             * @default null
             */
            expires_at_us: number | null;
            /** @default null */
            list: null | components["schemas"]["NumberListCode"];
            /**
             * @description Why; null or an empty text removes the note.
             * @default null
             */
            note: string | null;
        };
        /**
         * @description A list of numbers.
         * @enum {string}
         */
        NumberListCode: "block" | "allow" | "vip";
        /** @description An entry of a list. */
        NumberListEntry: {
            area: null | components["schemas"]["AreaName"];
            /**
             * Format: int64
             * @description When it was put in.
             */
            created_at_us: number;
            created_by: null | components["schemas"]["Named"];
            /**
             * Format: int64
             * @description From when on it says nothing any more; null is for ever.
             */
            expires_at_us: number | null;
            /** @description Entry id. */
            id: string;
            /** @description What it stands for. */
            kind: components["schemas"]["NumberListKind"];
            /** @description Of which list. */
            list: components["schemas"]["NumberListCode"];
            /** @description Why it is there. */
            note: string | null;
            /** @description The number or beginning as it was typed, masked without `personal_data.read`; of an area its path. */
            value: string;
        };
        /**
         * @description What an entry stands for.
         * @enum {string}
         */
        NumberListKind: "number" | "prefix" | "area";
        /** @description Where a number is from: the place its range was given to, which is not where its owner is. */
        NumberLocation: {
            /** @description The same in English. */
            carrier_en?: string | null;
            /** @description In Chinese, to which carrier the range of a mobile number was given; a number that was ported has another. */
            carrier_zh?: string | null;
            /** @description ISO 3166 alpha-2 of the country. */
            country_code: string;
            /** @description The date of the data, `YYYY-MM-DD`. */
            dated: string;
            /** @description In English: `Shenzhen, Guangdong`, `United Kingdom`. */
            en: string;
            /** @description In Chinese: `广东深圳`, `英国`. */
            zh: string;
        };
        /** @description The beginning of a number becomes another one. */
        NumberRewrite: {
            /** @description What stands there instead. */
            becomes: string;
            /** @description `+` and the code of a country, or digits; empty fits every number. */
            begins: string;
        };
        /** @description The site of a number. */
        NumberSite: {
            /** @description Site id. */
            site_id: string;
        };
        /** @description A number to be tried. */
        NumberToCheck: {
            /** @description In any usual spelling; empty is a withheld number. */
            number: string;
        };
        /**
         * @description How an offer ended.
         * @enum {string}
         */
        OfferEnd: "accepted" | "declined" | "unanswered" | "customer_left" | "device_lost" | "node_restarted" | "withdrawn" | "busy";
        /** @description Everything outbound calls are decided by. */
        OutboundPlan: {
            agent_alarm: null | components["schemas"]["CallAlarm"];
            /** @description What each agent may at most. */
            agent_caps: components["schemas"]["CallCaps"];
            /** @description The code of the country numbers are read in; it cannot be changed. */
            country: string;
            /** @description Numbers everybody may always call; they cannot be changed. */
            emergency: string[];
            /** @description The number that is shown when a rule chooses none; the first of all when it is null. */
            number_id: string | null;
            /** @description What may be called, and what may not. */
            rules: components["schemas"]["OutboundRule"][];
            /** @description Every trunk; an emergency call takes the first that works. */
            trunks: components["schemas"]["OutboundTrunk"][];
            /**
             * Format: int64
             * @description To be handed back with a change; 0 while nobody ever set one.
             */
            version: number;
        };
        /** @description A plan in place of the one before. A trunk that is left out keeps what was said of it, and a cap that is left out is none. */
        OutboundPlanWanted: {
            agent_alarm: null | components["schemas"]["CallAlarm"];
            /** @description What each agent may at most. */
            agent_caps: components["schemas"]["CallCaps"];
            /** @description The same. */
            country?: string | null;
            /** @description May be handed back as it was read, and be nothing else. */
            emergency?: string[] | null;
            /** @description The number that is shown. */
            number_id: string | null;
            /** @description Up to 200 rules. */
            rules: components["schemas"]["OutboundRule"][];
            /** @description The trunks, in the order emergency calls look for one. */
            trunks: components["schemas"]["OutboundTrunk"][];
            /**
             * Format: int64
             * @description The version the change was made from; 0 for the first.
             */
            version: number;
        };
        /** @description A stop to be released: of one agent, or of one rule. */
        OutboundRelease: {
            /** @description Whose. */
            agent_id?: string | null;
            /** @description Of which rule. */
            rule_id?: string | null;
        };
        /**
         * @description How an attempt to call somebody ended.
         * @enum {string}
         */
        OutboundResult: "answered" | "busy" | "no_answer" | "declined" | "unreachable" | "cancelled" | "agent_unavailable" | "node_restarted" | "internal_fault" | "invalid_number" | "congestion" | "failed";
        /** @description One rule about numbers that begin alike. */
        OutboundRule: {
            alarm: null | components["schemas"]["CallAlarm"];
            /** @description Calls of all agents together. */
            caps: components["schemas"]["CallCaps"];
            /** @description Its id; null or left out for a new one. */
            id?: string | null;
            /** @description What people call it. */
            name: string;
            /** @description Which, for `fixed`. */
            number_id: string | null;
            /** @description Beginnings of numbers, digits with a leading `+` where wanted. The longest that fits decides, of two as long the one that denies. */
            prefixes: string[];
            /** @description What it says. */
            says: components["schemas"]["RuleSays"];
            /** @description The number the far side sees. */
            shown: components["schemas"]["ShownCode"];
            /**
             * Format: int64
             * @description Talk of all agents together on a day, seconds.
             */
            talk_per_day_s: number | null;
            /** @description Trunks, the best first; none in a rule that denies. */
            trunk_ids: string[];
            /** @description Whether its numbers count for the alarm of the agent. */
            watched: boolean;
            /** @description Whom it is for. */
            whom: components["schemas"]["RuleWhom"];
        };
        /** @description A stop of calls outside. */
        OutboundStop: {
            agent: null | components["schemas"]["Named"];
            /**
             * Format: int32
             * @description Different numbers that were still no alarm.
             */
            distinct: number;
            rule: null | components["schemas"]["Named"];
            /**
             * Format: int64
             * @description Since when, microseconds UTC.
             */
            since: number;
            /**
             * Format: int64
             * @description In which time, seconds.
             */
            within_s: number;
        };
        /** @description Stops that nobody released yet. */
        OutboundStops: {
            /** @description All of them, the agents first. */
            items: components["schemas"]["OutboundStop"][];
        };
        /** @description What a plan says of a number. */
        OutboundTrial: {
            /** @description Whether it may be called. */
            allowed: boolean;
            /** @description Whether it is an emergency number. */
            emergency: boolean;
            /** @description Better trunks that could not be taken. */
            passed: components["schemas"]["PassedTrunk"][];
            reason: null | components["schemas"]["DenialCode"];
            rule: null | components["schemas"]["Named"];
            /** @description The number as the carrier would get it. */
            sent: string | null;
            /** @description The number that would be shown, masked when it is of a site the caller may not see; null when none is. */
            shown: string | null;
            trunk: null | components["schemas"]["Named"];
        };
        /** @description A trunk as outbound calls see it. */
        OutboundTrunk: {
            /** @description Calls in a time, to the carrier. */
            caps: components["schemas"]["CallCaps"];
            /** @description Calls at once. */
            channels: components["schemas"]["CallChannels"];
            /** @description Its name; empty for one that is not there any more. Not looked at in a change. */
            name?: string;
            /** @description How its carrier wants numbers; the longest beginning that fits is done, and without one the number is sent as it was dialled. */
            rewrites: components["schemas"]["NumberRewrite"][];
            /** @description The site whose own line it is: emergency calls from there take it first. Null when it is nobody's. */
            site_id?: string | null;
            /** @description Which. */
            trunk_id: string;
            /** @description Whether a call without a number of ours goes through. */
            withholds: boolean;
        };
        /** @description A number to be tried; nothing is called and nothing is counted. */
        OutboundTry: {
            /** @description By whom. */
            agent_id: string;
            /** @description As it would be dialled. */
            number: string;
            plan?: null | components["schemas"]["OutboundPlanWanted"];
        };
        /** @description Why a customer is parked. */
        Park: {
            reason?: null | components["schemas"]["TransferReason"];
        };
        /** @description A customer who is parked, and whom any agent may pick up. */
        Parked: {
            /** @description Who parked them. */
            by: components["schemas"]["Named"];
            /** @description Conversation id. */
            conversation_id: string;
            /** @description Name of the customer, or the number masked. */
            customer_label: string;
            reason?: null | components["schemas"]["TransferReason"];
            /**
             * Format: int64
             * @description Since when.
             */
            since_at_us: number;
            /**
             * Format: int64
             * @description When they go back to whoever parked them.
             */
            until_at_us: number;
        };
        /** @description Somebody who takes part in a talk beside the customer and the agent who is told. */
        Party: {
            /** @description By which they are muted and dropped: the transfer they came by; of whoever leads, the handling. */
            id: string;
            /** @description What they are. */
            kind: components["schemas"]["PartyKind"];
            /** @description Whether they have the customer. */
            leads: boolean;
            /** @description Whether this agent may let them go. */
            may_drop: boolean;
            /** @description Whether this agent may mute them, or let them be heard again. */
            may_mute: boolean;
            /** @description The name of a colleague. */
            name?: string | null;
            /** @description The number of somebody outside; masked for those who may not see it. */
            number?: string | null;
            /**
             * Format: int64
             * @description Since when: in the conference, or rung.
             */
            since_us: number;
            /** @description What they do. */
            state: components["schemas"]["PartyState"];
        };
        /**
         * @description Who somebody in a conference is.
         * @enum {string}
         */
        PartyKind: "agent" | "outside";
        /**
         * @description What somebody in a conference does.
         * @enum {string}
         */
        PartyState: "ringing" | "private" | "talking" | "muted" | "held";
        /** @description Whom to ring into a talk: exactly one of the two. */
        PartyWanted: {
            /** @description A colleague. */
            agent_id?: string | null;
            /** @description What was typed: an extension or a phone of ours, or a number outside that may be dialled. */
            number?: string | null;
        };
        /** @description A trunk that could not be taken. */
        PassedTrunk: {
            /** @description Which. */
            trunk: components["schemas"]["Named"];
            /** @description Why. */
            why: components["schemas"]["TrunkBlock"];
        };
        /** @description One step of the way through a flow. */
        PathStep: {
            /** @description Name of the menu choice taken there. */
            choice_label?: string | null;
            /** @description Name of the node. */
            label: string;
        };
        /**
         * @description Why a recording is paused.
         * @enum {string}
         */
        PauseReason: "card_data" | "personal_data" | "other";
        /** @description The connected phone. */
        Phone: {
            /** @description The nailed-up leg. */
            leg_id: string;
            /** @description SDP answer. */
            sdp: string;
        };
        /** @description Which phone to work with. */
        PhoneChosen: {
            /** @description A SIP phone of one's own; null for the browser. */
            device_id?: string | null;
        };
        /**
         * @description What an agent works with.
         * @enum {string}
         */
        PhoneKind: "browser" | "sip" | "mobile";
        /** @description A browser's SDP offer. */
        PhoneOffer: {
            /** @description SDP offer (RFC 8866) with one audio section. */
            sdp: string;
        };
        /**
         * @description Whether an agent is at work and takes offers.
         * @enum {string}
         */
        Presence: "signed_out" | "not_ready" | "ready";
        /**
         * @description Why an agent stopped being ready or was signed out.
         * @enum {string}
         */
        PresenceCause: "asked" | "offer_unanswered" | "offer_declined" | "device_lost" | "grace_expired" | "administrator" | "supervisor" | "phone_busy";
        /** @description A problem document (RFC 9457), media type `application/problem+json`. */
        Problem: {
            /** @description The code. */
            code: components["schemas"]["ProblemCode"];
            /** @description More, in English, for the developer who reads the answer. */
            detail: string;
            /** @description The faults of a `validation` problem, all of them. */
            fields?: components["schemas"]["FieldFault"][];
            /**
             * Format: int32
             * @description The HTTP status.
             */
            status: number;
            /** @description The code in English words. */
            title: string;
            /** @description A URI reference of the code: `/problems/` and the code. */
            type: string;
            /**
             * Format: int64
             * @description When a limit that was reached ends, microseconds since 1970 UTC.
             */
            until_us?: number | null;
        };
        /**
         * @description What went wrong, for programs; the client puts it into words.
         * @enum {string}
         */
        ProblemCode: "wrong_credentials" | "unauthenticated" | "forbidden" | "csrf" | "not_found" | "conflict" | "validation" | "in_use" | "no_device" | "offer_over" | "handling_over" | "wrong_state" | "work_in_hand" | "at_phone" | "bad_number" | "number_not_allowed" | "limit_reached" | "calls_stopped" | "lines_busy" | "site_full" | "callee_unavailable" | "queue_full" | "queue_unserved" | "not_signed_in" | "unknown_reference" | "overload" | "unavailable" | "rate_limited" | "locked_out" | "bad_sdp" | "too_large" | "range_not_satisfiable" | "recording_ruled" | "consent_missing" | "consent_refused" | "recording_erased" | "on_hold" | "recording_truncated" | "recording_altered" | "internal";
        /** @description The process. */
        ProcessHealth: {
            /**
             * Format: int64
             * @description Open files and sockets.
             */
            open_files: number;
            /**
             * Format: int64
             * @description How many may be open.
             */
            open_files_max: number;
            /**
             * Format: int64
             * @description Memory in use.
             */
            resident_bytes: number;
        };
        /** @description One interval. What could not be told is absent. */
        QualitySample: {
            /**
             * Format: int64
             * @description When it began.
             */
            at_us: number;
            /**
             * Format: double
             * @description How unevenly packets from the device come, milliseconds.
             */
            jitter_ms?: number | null;
            /**
             * Format: double
             * @description How unevenly packets to the device arrive, milliseconds, as the device says.
             */
            jitter_out_ms?: number | null;
            /**
             * Format: double
             * @description Part of the packets from the device that did not come, 0–1.
             */
            loss_in?: number | null;
            /**
             * Format: double
             * @description Part of the packets to the device that did not arrive, 0–1, as the device says.
             */
            loss_out?: number | null;
            /**
             * Format: double
             * @description The opinion score of the worse direction, 1–4.5.
             */
            mos?: number | null;
            /**
             * Format: double
             * @description There and back, milliseconds.
             */
            round_trip_ms?: number | null;
        };
        /** @description A queue. */
        Queue: {
            /** @description Agents who serve it. */
            agent_ids: string[];
            /** @description Names of the sounds spoken on entry. */
            entry_sounds: string[];
            /** @description Queue id. */
            id: string;
            /** @description Name of the music. */
            music: string;
            /** @description Name. */
            name: string;
            /** @description What is kept of customers while they wait in it and talk to its agents. */
            recording: components["schemas"]["RecordingRule"];
            /**
             * Format: int64
             * @description Days its recordings are kept; null as the retention policy says.
             */
            retention_days: number | null;
            /**
             * Format: int64
             * @description How long an offer rings.
             */
            ring_timeout_ms: number;
            /**
             * Format: int64
             * @description Service-level target.
             */
            service_level_target_ms: number;
            /** @description Site. */
            site_id: string;
            /** @description Skills an agent must have, all of them. */
            skill_ids: string[];
            /** @description Team. */
            team_id?: string | null;
            /**
             * Format: int64
             * @description To be handed back with a change.
             */
            version: number;
            /**
             * Format: int64
             * @description Longest wait; absent means for ever.
             */
            wait_max_ms?: number | null;
            /**
             * Format: int64
             * @description Most customers waiting at once; absent means as many as the server takes.
             */
            waiting_max?: number | null;
            /**
             * Format: int64
             * @description Longest wrap-up; 0 means none.
             */
            wrap_up_ms: number;
        };
        /** @description A change of a queue; what is left out stays. */
        QueueChange: {
            /** @description Agents who serve it. */
            agent_ids?: string[] | null;
            /** @description Names of the sounds spoken on entry. */
            entry_sounds?: string[] | null;
            /** @description Name of the music. */
            music?: string | null;
            /** @description Name. */
            name?: string | null;
            recording?: null | components["schemas"]["RecordingRule"];
            /**
             * Format: int64
             * @description Days its recordings are kept, 1–3,650; null as the retention policy says. Counts for recordings that exist too.
             */
            retention_days?: number | null;
            /**
             * Format: int64
             * @description 1,000–300,000.
             */
            ring_timeout_ms?: number | null;
            /**
             * Format: int64
             * @description 1,000–3,600,000.
             */
            service_level_target_ms?: number | null;
            /** @description Site. */
            site_id?: string | null;
            /** @description Skills an agent must have. */
            skill_ids?: string[] | null;
            /** @description Team; empty for none. */
            team_id?: string | null;
            /**
             * Format: int64
             * @description The version the change was made from.
             */
            version: number;
            /**
             * Format: int64
             * @description 5,000–86,400,000, or 0 for ever.
             */
            wait_max_ms?: number | null;
            /**
             * Format: int64
             * @description 1–2,000, or 0 for as many as the server takes.
             */
            waiting_max?: number | null;
            /**
             * Format: int64
             * @description 0–3,600,000.
             */
            wrap_up_ms?: number | null;
        };
        /** @description One queue. */
        QueueRow: {
            /**
             * Format: int32
             * @description Of those, given up by the caller.
             */
            abandoned: number;
            /**
             * Format: int32
             * @description Of those, ringing, talking, holding or wrapping up.
             */
            agents_busy: number;
            /**
             * Format: int32
             * @description Of those, waiting for an offer.
             */
            agents_ready: number;
            /**
             * Format: int32
             * @description Agents of the queue at work.
             */
            agents_signed_in: number;
            /**
             * Format: int32
             * @description Of those, answered.
             */
            answered: number;
            /** @description Queue id. */
            id: string;
            /**
             * Format: int64
             * @description Since when the longest waits.
             */
            longest_wait_since_us?: number | null;
            /** @description Name. */
            name: string;
            /**
             * Format: int32
             * @description Queue visits begun today.
             */
            offered: number;
            /**
             * Format: double
             * @description Answered within the target ÷ (answered + abandoned − abandoned within 5 s), 0–1; absent when nothing counts.
             */
            service_level?: number | null;
            /**
             * Format: int64
             * @description The target.
             */
            service_level_target_ms: number;
            /**
             * Format: int32
             * @description Callers waiting, those whose offer rings included.
             */
            waiting: number;
        };
        /** @description One queue with those who wait in it. */
        QueueState: components["schemas"]["QueueRow"] & {
            /**
             * Format: int64
             * @description When this was so.
             */
            at_us: number;
            /** @description Callers waiting, longest first. */
            waiting_list: components["schemas"]["WaitingRow"][];
        };
        /**
         * @description How far a person sees: the whole centre, or the own site.
         * @enum {string}
         */
        ReachCode: "tenant" | "site";
        /** @description Why something is done that the audit trail remembers. */
        Reason: {
            /** @description In words, 1–500 characters. */
            reason: string;
        };
        /** @description The conversation of a recording. */
        RecordedConversation: {
            agent?: null | components["schemas"]["Named"];
            /** @description Conversation id. */
            id: string;
            queue?: null | components["schemas"]["Named"];
            /**
             * Format: int64
             * @description When it began.
             */
            started_at_us: number;
        };
        /** @description A recording of a conversation; those that failed are listed too. */
        Recording: {
            /**
             * Format: int64
             * @description Size of what is kept, once sealed.
             */
            bytes?: number | null;
            /** @description Of which conversation. */
            conversation_id: string;
            /**
             * Format: int64
             * @description How long it plays, once sealed.
             */
            duration_ms?: number | null;
            erased?: null | components["schemas"]["RecordingErasure"];
            /**
             * Format: int64
             * @description When the retention policy in force erases it, once sealed; absent when it is kept for ever. A hold stands against it.
             */
            expires_at_us?: number | null;
            fault?: null | components["schemas"]["RecordingFault"];
            /**
             * Format: int64
             * @description How much is missing in them.
             */
            gap_ms: number;
            /**
             * Format: int64
             * @description Stretches that are missing in it.
             */
            gaps: number;
            hold?: null | components["schemas"]["RecordingHold"];
            /** @description Recording id. */
            id: string;
            /** @description Whether the asking account may download it. */
            may_download: boolean;
            /** @description Whether the asking account may erase it at this moment. */
            may_erase: boolean;
            /** @description Whether the asking account may hold it and lift its hold. */
            may_hold: boolean;
            /** @description Whether the asking account may hear it. */
            may_play: boolean;
            /** @description Put together after a restart of the server. */
            recovered: boolean;
            /** @description SHA-256 of what is kept, once sealed. */
            sha256?: string | null;
            /**
             * Format: int64
             * @description When it began; its sound begins there.
             */
            started_at_us: number;
            /** @description What became of it. */
            state: components["schemas"]["RecordingStateCode"];
            /** @description Whose sound it keeps. */
            tracks: components["schemas"]["RecordingTracks"];
        };
        /** @description What is known of an erasure. */
        RecordingErasure: {
            /**
             * Format: int64
             * @description When it was decided.
             */
            at_us: number;
            by?: null | components["schemas"]["Named"];
            /** @description Why. */
            cause: components["schemas"]["ErasureCause"];
            /** @description What they gave as reason. */
            reason?: string | null;
        };
        /**
         * @description Why a recording cannot be heard.
         * @enum {string}
         */
        RecordingFault: "no_key" | "lost" | "disk_failed" | "unreadable";
        /** @description A hold: nothing erases what is held. */
        RecordingHold: {
            /**
             * Format: int64
             * @description Since when.
             */
            at_us: number;
            /** @description Who put it. */
            by: components["schemas"]["Named"];
            /** @description Why. */
            reason: string;
        };
        /**
         * @description What is kept.
         * @enum {string}
         */
        RecordingMode: "all" | "none" | "share" | "on_demand";
        /** @description Why a recording is paused. */
        RecordingPause: {
            /** @description The reason. */
            reason: components["schemas"]["PauseReason"];
        };
        /**
         * @description What is recorded outside queues, and on which conditions. A change gives all of it, with the version it was made from; 0 for the
         *     first.
         */
        RecordingPolicy: {
            /** @description Whether flows, and whatever else is before a queue, are kept. */
            before_queue: boolean;
            /** @description Nothing is kept before the customer has agreed. */
            consent_required: boolean;
            /** @description What is kept of calls dialled by agents. */
            outbound: components["schemas"]["RecordingRule"];
            /**
             * Format: int64
             * @description After how many seconds a pause ends by itself, 30–3,600.
             */
            pause_max_s: number;
            /**
             * Format: int64
             * @description To be handed back with a change.
             */
            version: number;
        };
        /** @description What is kept of conversations. */
        RecordingRule: {
            /** @description What. */
            mode: components["schemas"]["RecordingMode"];
            /**
             * Format: int64
             * @description How many of a hundred conversations, 1–99; for `share` only, else null.
             */
            share_percent: number | null;
        };
        /**
         * @description What became of a recording.
         * @enum {string}
         */
        RecordingStateCode: "live" | "sealed" | "failed" | "erased";
        /**
         * @description Whose sound a recording keeps: all that is heard, or the customer alone.
         * @enum {string}
         */
        RecordingTracks: "heard" | "customer";
        /** @description For how long recordings are kept. */
        RetentionPolicy: {
            /**
             * Format: int64
             * @description Days messages of callers are kept, 1–3,650; null is for ever.
             */
            messages_days: number | null;
            /**
             * Format: int64
             * @description Days recordings of calls are kept, 1–3,650; null is for ever. A queue may have days of its own.
             */
            recordings_days: number | null;
            /**
             * Format: int64
             * @description The version the change was made from; 0 before the first.
             */
            version: number;
        };
        /**
         * @description What an account may be.
         * @enum {string}
         */
        RoleCode: "agent" | "supervisor" | "administrator";
        /**
         * @description Why an agent was chosen.
         * @enum {string}
         */
        RouteReason: "only_eligible" | "longest_idle" | "transferred" | "returned" | "consulted" | "picked_up" | "assigned" | "came_back";
        /**
         * @description What a rule says.
         * @enum {string}
         */
        RuleSays: "allow" | "deny";
        /**
         * @description Agents a rule is for: everybody while all lists are empty, else whoever stands in one of them. What is not there any more stays in its
         *     list and stands for nobody.
         */
        RuleWhom: {
            /** @description By name. */
            agent_ids: string[];
            /** @description By role. */
            roles: components["schemas"]["RoleCode"][];
            /** @description By team. */
            team_ids: string[];
        };
        /** @description What is done about callers nobody wants. A change gives all of it, with the version it was made from; 0 for the first. */
        ScreeningPolicy: {
            /** @description About withheld numbers. */
            anonymous: components["schemas"]["AnonymousPolicy"];
            /** @description About the block list. */
            block: components["schemas"]["BlockPolicy"];
            /** @description About callers of whom nothing is heard. */
            dead_air: components["schemas"]["DeadAirPolicy"];
            /** @description About repeated short calls. */
            nuisance: components["schemas"]["NuisancePolicy"];
            /**
             * Format: int64
             * @description To be handed back with a change.
             */
            version: number;
        };
        /**
         * @description What becomes of a call.
         * @enum {string}
         */
        ScreenOutcome: "accepted" | "refused" | "diverted";
        /**
         * @description Why a call is not let in.
         * @enum {string}
         */
        ScreenReasonCode: "block_list" | "anonymous" | "nuisance";
        /** @description What the server says. */
        ServerMessage: (components["schemas"]["TopicUpdate"] & {
            /** @enum {string} */
            type: "update";
        }) | {
            /** @description What. */
            code: components["schemas"]["ProblemCode"];
            /** @description For which topic. */
            topic?: string | null;
            /** @enum {string} */
            type: "error";
        } | {
            /**
             * Format: int64
             * @description Clock of the server.
             */
            at_us: number;
            /** @enum {string} */
            type: "pong";
        };
        /**
         * @description Which number of ours the far side sees.
         * @enum {string}
         */
        ShownCode: "usual" | "fixed" | "dialled" | "site" | "withheld";
        /** @description What a person signs in with. */
        SignIn: {
            /** @description Password. */
            password: string;
            /** @description User name. */
            username: string;
        };
        /** @description A site. */
        Site: {
            /** @description Where its phones register and call from, e.g. `10.8.0.0/24`; empty is from anywhere. */
            address_ranges: string[];
            /**
             * Format: int32
             * @description Calls of its phones, and of its agents who work with the browser, with elsewhere at once; null is no limit.
             */
            calls_max: number | null;
            /** @description The codecs its phones are offered, the best first. */
            codecs: components["schemas"]["Codec"][];
            /**
             * Format: int64
             * @description SIP phones that belong to it.
             */
            devices: number;
            /** @description Site id. */
            id: string;
            /** @description Its name. */
            name: string;
            /**
             * Format: int64
             * @description Numbers that belong to it.
             */
            numbers: number;
            /** @description IANA time zone. */
            time_zone: string;
            /**
             * Format: int64
             * @description People who belong to it.
             */
            users: number;
            /**
             * Format: int64
             * @description To be handed back with a change.
             */
            version: number;
        };
        /**
         * @description Whether the phones of a site answer.
         * @enum {string}
         */
        SiteLink: "up" | "down" | "none";
        /** @description One site. */
        SiteRow: {
            /**
             * Format: int32
             * @description Calls of its phones and its agents with elsewhere, in talk or ringing.
             */
            calls: number;
            /**
             * Format: int32
             * @description How many there may be; null is no limit.
             */
            calls_max: number | null;
            /**
             * Format: int32
             * @description Phones it has.
             */
            devices: number;
            /** @description Site id. */
            id: string;
            /** @description Whether its phones answer. */
            link: components["schemas"]["SiteLink"];
            /** @description Name. */
            name: string;
            /**
             * Format: int32
             * @description Phones that answer.
             */
            registered: number;
            /**
             * Format: int64
             * @description Since when it is so; null when none ever did.
             */
            since_at_us: number | null;
        };
        /** @description A site to be made, or changed as a whole. */
        SiteWanted: {
            /** @description IPv4 and IPv6 ranges such as `10.8.0.0/24`, or single addresses, at most 32; none is from anywhere. */
            address_ranges?: string[];
            /**
             * Format: int64
             * @description Calls of its phones, and of its agents who work with the browser, with elsewhere at once, 1–10000; null is no limit.
             */
            calls_max?: number | null;
            /** @description The codecs its phones are offered, the best first, each once; all of them when left out. */
            codecs?: components["schemas"]["Codec"][] | null;
            /** @description Its name, 1–60 characters; unique in the centre. */
            name: string;
            /** @description IANA time zone; the one of the centre when left out. */
            time_zone?: string | null;
            /**
             * Format: int64
             * @description The version the change was made from; not asked when a site is made.
             */
            version?: number;
        };
        /** @description How to take part in an agent's talk. */
        Supervise: {
            /** @description Which talk; refused when the agent is in another one by now. */
            conversation_id: string;
            /** @description Heard by whom. Asking again with another mode changes it. */
            mode: components["schemas"]["SupervisionMode"];
        };
        /** @description A supervisor the agent may know of. */
        SupervisedBy: {
            /** @description Heard by whom. */
            mode: components["schemas"]["SupervisionMode"];
            /** @description Who. */
            name: string;
            /**
             * Format: int64
             * @description In this mode since.
             */
            since_us: number;
        };
        /**
         * @description How a supervisor takes part in a talk: unheard, heard by the agent alone, or heard by everybody.
         * @enum {string}
         */
        SupervisionMode: "listen" | "whisper" | "barge";
        /** @description What agents are told of supervisors in their talks. */
        SupervisionPolicy: {
            /**
             * Format: int64
             * @description As it was read; refused when somebody has changed it since.
             */
            version: number;
            /** @description What is shown. */
            visible: components["schemas"]["VisibleModes"];
        };
        /**
         * @description Why a supervisor hears nothing, and is not heard, at this moment: the recording is paused, or the customer is on hold.
         * @enum {string}
         */
        SupervisionSilence: "paused" | "held";
        /** @description How the node does, in figures. */
        SystemHealth: {
            /**
             * Format: int64
             * @description When this was so.
             */
            at_us: number;
            /** @description Calls at this moment. */
            calls: components["schemas"]["CallsHealth"];
            certificate?: null | components["schemas"]["CertificateHealth"];
            /** @description What is wrong. */
            codes: components["schemas"]["HealthCode"][];
            disk?: null | components["schemas"]["DiskHealth"];
            /** @description The ledger. */
            ledger: components["schemas"]["LedgerHealth"];
            /** @description The data that says where numbers are from. */
            locations: components["schemas"]["LocationsHealth"];
            /** @description The process. */
            process: components["schemas"]["ProcessHealth"];
            /**
             * Format: int64
             * @description Sealed recordings that were not there, or not whole, when last looked for.
             */
            recordings_missing: number;
            /**
             * Format: int64
             * @description When the program began.
             */
            started_at_us: number;
            /** @description Overall. */
            status: components["schemas"]["HealthStatus"];
            /** @description Carriers of the centre. */
            trunks: components["schemas"]["TrunkHealth"][];
            /** @description Version of the program. */
            version: string;
        };
        /** @description The talk of an agent that is meant. */
        TalkMeant: {
            /** @description Which talk; refused when the agent is in another one by now. */
            conversation_id: string;
        };
        /** @description A task. */
        Task: {
            /**
             * Format: int64
             * @description Ended.
             */
            closed_at_us?: number | null;
            closed_by?: null | components["schemas"]["Named"];
            /** @description The conversation it comes from. */
            conversation_id?: string | null;
            /**
             * Format: int64
             * @description Made.
             */
            created_at_us: number;
            customer?: null | components["schemas"]["CustomerBrief"];
            /**
             * Format: int64
             * @description To be done until.
             */
            due_at_us?: number | null;
            /** @description The customer's number as presented, masked (`138****8000`) without `personal_data.read`; null when withheld. */
            from: string | null;
            /** @description Task id. */
            id: string;
            /** @description What it asks for. */
            kind: components["schemas"]["TaskKind"];
            /**
             * Format: int64
             * @description How long the message is.
             */
            length_ms?: number | null;
            location?: null | components["schemas"]["NumberLocation"];
            /** @description What people wrote about it. */
            note?: string | null;
            number?: null | components["schemas"]["NamedNumber"];
            owner?: null | components["schemas"]["Named"];
            queue?: null | components["schemas"]["Named"];
            reason?: null | components["schemas"]["VoicemailCause"];
            /** @description The message. */
            recording_id?: string | null;
            result?: null | components["schemas"]["TaskResult"];
            /** @description How far it is. */
            state: components["schemas"]["TaskState"];
            /**
             * Format: int64
             * @description Grows with every change.
             */
            version: number;
        };
        /** @description How a task is to be closed. */
        TaskClosing: {
            /** @description What is to be remembered, up to 4,000 characters; left out, the note stays. */
            note?: string | null;
            /** @description How it ended. */
            result: components["schemas"]["TaskResult"];
        };
        /**
         * @description What a task asks for.
         * @enum {string}
         */
        TaskKind: "voicemail" | "callback";
        /** @description A note on a task. */
        TaskNote: {
            /** @description The text, up to 4,000 characters; empty removes the note. */
            text: string;
        };
        /**
         * @description Whether a task is done.
         * @enum {string}
         */
        TaskProgress: "pending" | "done";
        /**
         * @description How a task ended.
         * @enum {string}
         */
        TaskResult: "reached" | "not_reached" | "nothing_to_do";
        /** @description How many tasks are not done. */
        TasksState: {
            /**
             * Format: int64
             * @description One's own.
             */
            mine: number;
            /**
             * Format: int64
             * @description Nobody has them.
             */
            open: number;
            /**
             * Format: int64
             * @description Grows when any task changed: lists are to be read again.
             */
            version: number;
        };
        /**
         * @description How far a task is.
         * @enum {string}
         */
        TaskState: "open" | "assigned" | "done";
        /**
         * @description Whose tasks.
         * @enum {string}
         */
        TaskWhose: "me" | "me_or_nobody";
        /** @description One thing that happened. */
        TimelineEvent: {
            /**
             * Format: int64
             * @description When.
             */
            at_us: number;
            /**
             * @description Every id and code of the event, and the names that go with them: `agent_name`, `queue_name`, `node_label`,
             *     `choice_label`, `disposition_name_zh`, `disposition_name_en`, `number_name`.
             */
            data: Record<string, never>;
            /** @description What. */
            kind: components["schemas"]["EventKind"];
            /**
             * Format: int64
             * @description Position in the ledger.
             */
            seq: number;
        };
        /** @description A program's token, without its secret. */
        Token: {
            /**
             * Format: int64
             * @description When it was made.
             */
            created_at_us: number;
            /**
             * Format: int64
             * @description When it ends by itself.
             */
            expires_at_us?: number | null;
            /** @description Token id. */
            id: string;
            /** @description What it is for. */
            name: string;
            /** @description All it may do, where that is less than its owner may; null is whatever the owner may. */
            permissions: string[] | null;
            /**
             * Format: int64
             * @description When it was revoked.
             */
            revoked_at_us?: number | null;
            /** @description On whose behalf the program acts. */
            user_id: string;
        };
        /** @description The whole state of a topic. */
        TopicState: components["schemas"]["MeState"] | components["schemas"]["FloorState"] | components["schemas"]["TasksState"] | components["schemas"]["QueueState"];
        /** @description A topic as it stands, and the events that led there. */
        TopicUpdate: {
            /**
             * Format: int64
             * @description When this was so.
             */
            at_us: number;
            /** @description Opaque; to be handed back when subscribing again. */
            cursor: string;
            /** @description The events since the update before, or since the cursor handed in. */
            events: components["schemas"]["TimelineEvent"][];
            /** @description The whole state. */
            state: components["schemas"]["TopicState"];
            /** @description Which topic. */
            topic: string;
        };
        /** @description To whom, or where, a customer is handed over: exactly one of the four. */
        Transfer: {
            /** @description A colleague. */
            agent_id?: string | null;
            /** @description With a flow: when it is over the customer comes back to the agent, who is waited for a minute at most. Left out, they do not. */
            come_back?: boolean | null;
            /** @description The beginning of a flow. */
            flow_id?: string | null;
            /** @description What was typed: an extension or number of ours, or a number outside that may be dialled. */
            number?: string | null;
            /** @description The end of a queue. */
            queue_id?: string | null;
            reason?: null | components["schemas"]["TransferReason"];
        };
        /** @description A colleague. */
        TransferAgent: {
            /** @description Whether they could be rung at this moment: at work, with a phone, without work in hand, ready or not. */
            available: boolean;
            /** @description Extension. */
            extension: string;
            /** @description Agent id. */
            id: string;
            /** @description Name. */
            name: string;
            /** @description What the colleague does. */
            state: components["schemas"]["AgentStateCode"];
        };
        /**
         * @description How a customer is handed over: without a word, or after somebody was asked.
         * @enum {string}
         */
        TransferKind: "blind" | "consult" | "park" | "conference" | "loan";
        /** @description A queue. */
        TransferQueue: {
            /**
             * Format: int32
             * @description Agents waiting for an offer.
             */
            agents_ready: number;
            /** @description Queue id. */
            id: string;
            /** @description Name. */
            name: string;
            /**
             * Format: int32
             * @description Callers waiting, those whose offer rings included.
             */
            waiting: number;
        };
        /**
         * @description Why a customer is handed over.
         * @enum {string}
         */
        TransferReason: "wrong_place" | "specialist" | "escalation" | "customer_asked" | "other";
        /** @description Everybody and everything a customer can be handed over to, by name. */
        TransferTargets: {
            /** @description Colleagues. */
            agents: components["schemas"]["TransferAgent"][];
            /** @description Flows. */
            flows: components["schemas"]["Named"][];
            /** @description Queues. */
            queues: components["schemas"]["TransferQueue"][];
        };
        /** @description An address a carrier is called at. */
        TrunkAddress: {
            /** @description Address and port. */
            address: string;
            reach?: null | components["schemas"]["TrunkReach"];
        };
        /**
         * @description Why a trunk could not be taken.
         * @enum {string}
         */
        TrunkBlock: "unknown" | "unreachable" | "full" | "outbound_full" | "inbound_full" | "per_minute" | "per_day";
        /** @description A carrier. */
        TrunkHealth: {
            /** @description Addresses calls to it go to, the best first. */
            addresses?: components["schemas"]["TrunkAddress"][];
            /**
             * Format: int64
             * @description When it was last heard; absent when it never was since the start.
             */
            heard_at_us?: number | null;
            /** @description What it is called. */
            name: string;
            /**
             * Format: int64
             * @description Calls of it since the start that were refused with 488 for want of a codec in common; absent when there were none.
             */
            no_codec?: number | null;
            registration?: null | components["schemas"]["TrunkRegistration"];
            /** @description It used to ask whether we are there, and stopped. */
            silent: boolean;
        };
        /**
         * @description Whether an address answers.
         * @enum {string}
         */
        TrunkReach: "untried" | "up" | "down";
        /**
         * @description How a registration at a carrier stands.
         * @enum {string}
         */
        TrunkRegistration: "asking" | "registered" | "refused" | "unreachable";
        /** @description One trunk. */
        TrunkRow: {
            /** @description How many there may be. */
            cap: components["schemas"]["CallChannels"];
            /**
             * Format: int32
             * @description Calls from the carrier that are up.
             */
            channels_in: number;
            /**
             * Format: int32
             * @description Calls to the carrier that are up, those that ring included.
             */
            channels_out: number;
            /** @description Trunk id. */
            id: string;
            /** @description Name. */
            name: string;
            registration: null | components["schemas"]["TrunkRegistration"];
            /**
             * Format: int64
             * @description Since when it stands so, microseconds UTC; null until it has been asked for once.
             */
            registration_since: number | null;
            /**
             * Format: int64
             * @description Since when it is so, microseconds UTC; null while nothing is known.
             */
            since: number | null;
            /** @description Whether any of its addresses answers; null while nobody knows, or nobody asks. */
            working: boolean | null;
        };
        /** @description In which modes agents see who supervises them. */
        VisibleModes: {
            /** @description Who has barged in is shown. */
            barge: boolean;
            /** @description Who listens is shown. */
            listen: boolean;
            /** @description Who whispers is shown. */
            whisper: boolean;
        };
        /** @description A visitor's call that was taken. */
        VisitorCall: {
            /** @description Names the call when hanging up. Unguessable: whoever knows it may end the call. */
            call_id: string;
            /** @description SDP answer. */
            sdp: string;
        };
        /** @description A visitor's call. */
        VisitorCallOffer: {
            /** @description Which of our numbers; the first one when left out. */
            number?: string | null;
            /** @description SDP offer (RFC 8866) with one audio section. */
            sdp: string;
        };
        /**
         * @description What led a customer to leave a message.
         * @enum {string}
         */
        VoicemailCause: "flow" | "closed" | "queue_full" | "wait_timeout" | "key";
        /** @description One waiting caller. */
        WaitingRow: {
            /** @description The conversation. */
            conversation_id: string;
            /** @description The customer's name, or the masked number. */
            customer_label: string;
            /** @description The queue. */
            queue_id: string;
            /**
             * Format: int64
             * @description First joined the queue.
             */
            since_at_us: number;
        };
        /**
         * @description Why nobody could be offered at once.
         * @enum {string}
         */
        WaitReason: "nobody_signed_in" | "nobody_ready" | "no_skill" | "all_busy" | "not_first";
        /**
         * @description What an agent asks to be.
         * @enum {string}
         */
        WantedPresence: "signed_in" | "ready" | "not_ready" | "signed_out";
        /** @description The shape of a recording's sound. */
        Waveform: {
            /**
             * Format: int64
             * @description How long it plays at this moment.
             */
            duration_ms: number;
            /** @description Stretches that cannot be heard, in order. */
            gaps: components["schemas"]["Gap"][];
            /** @description Loudest sample of each part, the customer's side, 0–255. */
            left: number[];
            /** @description Whether it is being made; then it grows. */
            live: boolean;
            /** @description The same of agents and of what was played. */
            right: number[];
            /** @description Whether a supervisor spoke in it, who is heard when asked for; absent without `floor.supervise`. */
            supervised?: boolean | null;
        };
        /** @description Open from `from_minute` to `to_minute` of a weekday. */
        WeeklyInterval: {
            /**
             * Format: int64
             * @description 0–1,439.
             */
            from_minute: number;
            /**
             * Format: int64
             * @description 1–1,440, after `from_minute`. Hours over midnight are two intervals.
             */
            to_minute: number;
            /**
             * Format: int64
             * @description 0 = Monday … 6 = Sunday.
             */
            weekday: number;
        };
        /**
         * @description How wrap-up ended.
         * @enum {string}
         */
        WrapUpEnd: "finished" | "deadline_passed" | "signed_out" | "node_restarted" | "customer_back";
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    get_openapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The OpenAPI document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_agents: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Entries on a page, 1–200; 50 when left out. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Agent"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_agent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAgent"];
            };
        };
        responses: {
            201: {
                headers: {
                    /** @description The new one. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_agent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_agent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AgentChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_mobiles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Mobile"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_mobile: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMobile"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Mobile"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_mobile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                mobile_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    release_agent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TalkMeant"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    force_agent_state: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ForceState"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    supervise_agent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Supervise"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    take_over_agent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TalkMeant"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unlock_agent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Unlocked. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_audit: {
        parameters: {
            query?: {
                /** @description Only this action (`queue.updated`), or every action of a subject (`queue.`). */
                action?: string;
                /** @description Only what this person did. */
                actor_id?: string;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Only at or after this moment. */
                from_at_us?: number;
                /** @description Entries on a page, 1–200; 50 when left out. */
                limit?: number;
                /** @description Only what was done to this: any public id. */
                object_id?: string;
                /** @description Only before this moment. */
                until_at_us?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_AuditRow"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_calendar_exception: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CalendarExceptionWanted"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarException"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_calendar_exception: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_calendars: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Entries on a page, 1–200; 50 when left out. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Calendar"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_calendar: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCalendar"];
            };
        };
        responses: {
            201: {
                headers: {
                    /** @description The new one. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Calendar"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_calendar: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Calendar"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_calendar: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_calendar: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CalendarChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Calendar"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_calendar_exception: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CalendarExceptionWanted"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarException"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_calendar_month: {
        parameters: {
            query: {
                /** @description 1–12. */
                month: number;
                /** @description 1970–2200. */
                year: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarMonth"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    dial: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DialWanted"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_conversations: {
        parameters: {
            query?: {
                /** @description Only those this agent handled last. */
                agent_id?: string;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Only those of this customer. */
                customer_id?: string;
                /** @description Entries on a page, 1–200; 50 when left out. */
                limit?: number;
                /** @description Only those that visited this queue last. */
                queue_id?: string;
                /** @description Only live or only ended ones. */
                state?: components["schemas"]["ConversationState"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_ConversationSummary"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationDetail"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assign_conversation: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Assign"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    block_caller: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CallerToBlock"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NumberListEntry"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_conversation: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    hold_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationHold"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    lift_conversation_hold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationHold"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_conversation_note: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteText"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pause_talk_recording: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordingPause"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pick_up_conversation: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_conversation_quality: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationQuality"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_recordings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Recording"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resume_talk_recording: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_customers: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Entries on a page, 1–200; 50 when left out. */
                limit?: number;
                /** @description A telephone number in any usual spelling: `138…`, `0138…`, `+86138…`, `86-138…` are one. */
                number?: string;
                /** @description Part of a name or company. */
                query?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Customer"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_customer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCustomer"];
            };
        };
        responses: {
            201: {
                headers: {
                    /** @description The new one. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_customer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_customer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CustomerChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_devices: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Entries on a page, 1–200; 50 when left out. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Device"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_device: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDevice"];
            };
        };
        responses: {
            201: {
                headers: {
                    /** @description The new one. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceWithPassword"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_device: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Device"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_device: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_device: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeviceChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Device"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reset_device_password: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceWithPassword"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_dispositions: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Entries on a page, 1–200; 50 when left out. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_BilingualName"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_disposition: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewBilingualName"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BilingualName"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_disposition: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BilingualNameChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BilingualName"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_floor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FloorState"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_floor_quality: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FloorQuality"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_flows: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Entries on a page, 1–200; 50 when left out. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_FlowSummary"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_flow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Flow"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    note_consent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConsentNoted"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    consult_handling: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConsultWanted"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    complete_consult: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    drop_consult: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    join_consult: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    leave_consult: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    send_digits: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DigitsWanted"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_disposition: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DispositionChosen"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    finish_wrap_up: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    hang_up_handling: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    hold_handling: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mute_handling: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    park_handling: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Park"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_party: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PartyWanted"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    drop_party: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                party: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mute_party: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                party: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unmute_party: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                party: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pause_recording: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordingPause"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resume_handling: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resume_recording: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    start_recording: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stop_recording: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    transfer_handling: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Transfer"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unmute_handling: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Switched to WebSocket. */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    choose_phone: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PhoneChosen"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_agent_state: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AgentStateWanted"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    start_echo: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stop_echo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    attach_phone: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PhoneOffer"];
            };
        };
        responses: {
            201: {
                headers: {
                    /** @description The phone, for hanging up. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Phone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    detach_phone: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                leg_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Disconnected, or was not connected. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_me_state: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeState"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stop_supervising: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_not_ready_reasons: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Entries on a page, 1–200; 50 when left out. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_BilingualName"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_not_ready_reason: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewBilingualName"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BilingualName"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_not_ready_reason: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BilingualNameChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BilingualName"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_numbers_of_lists: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Entries on a page, 1–200; 50 when left out. */
                limit?: number;
                /** @description Only this list. */
                list?: components["schemas"]["NumberListCode"];
                /** @description Part of a note or of an area's path, or three or more digits of a number. */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_NumberListEntry"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_number_to_list: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewNumberListEntry"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NumberListEntry"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_number_of_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_number_of_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NumberListChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NumberListEntry"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_number_areas: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_NumberArea"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    check_number: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NumberToCheck"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NumberCheck"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_numbers: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Entries on a page, 1–200; 50 when left out. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Number"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_number: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewNumber"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Number"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_number: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_number: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NumberChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Number"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_number_calendar: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NumberCalendar"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Number"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_number_site: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NumberSite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Number"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accept_offer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decline_offer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_outbound_plan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutboundPlan"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_outbound_plan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OutboundPlanWanted"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutboundPlan"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    try_outbound_plan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OutboundTry"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutboundTrial"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_outbound_stops: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutboundStops"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    release_outbound_stop: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OutboundRelease"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandDone"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_queues: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Entries on a page, 1–200; 50 when left out. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Queue"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_queue: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewQueue"];
            };
        };
        responses: {
            201: {
                headers: {
                    /** @description The new one. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queue"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_queue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queue"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_queue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QueueChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queue"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_recording_policy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordingPolicy"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_recording_policy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RecordingPolicy"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordingPolicy"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_all_recordings: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Only those that began at or after this moment. */
                from_us?: number;
                /** @description Entries on a page, 1–200; 50 when left out. */
                limit?: number;
                /** @description `live`, `sealed`, `failed`, `erased`, `held`, or `missing`: those that should be there and are not. All when left out. */
                state?: string;
                /** @description Only those that began before this moment. */
                to_us?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_ListedRecording"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_recording_audio: {
        parameters: {
            query?: {
                /** @description `true` adds the supervisor's voice on the right; needs `floor.supervise`. */
                supervisor?: string;
            };
            header?: {
                Range?: string | null;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/wav": number[];
                };
            };
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/wav": number[];
                };
            };
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download_recording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DownloadOrder"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/ogg": number[];
                    "audio/wav": number[];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    erase_recording: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recording"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    hold_recording: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recording"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    lift_recording_hold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reason"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recording"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_recording_peaks: {
        parameters: {
            query?: {
                /** @description Parts of equal length, 1–4,000; 800 when left out. */
                points?: string;
                /** @description `true` adds the supervisor's voice on the right; needs `floor.supervise`. */
                supervisor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Waveform"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_retention_policy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionPolicy"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_retention_policy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RetentionPolicy"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionPolicy"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_screening_policy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScreeningPolicy"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_screening_policy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScreeningPolicy"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScreeningPolicy"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed out. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_sites: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Entries on a page, 1–200; 50 when left out. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Site"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_site: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request gets the same answer; with another request, `conflict`. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SiteWanted"];
            };
        };
        responses: {
            201: {
                headers: {
                    /** @description The new one. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Site"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_site: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Site"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_site: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SiteWanted"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Site"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_site: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_skills: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Entries on a page, 1–200; 50 when left out. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Named"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_supervision_policy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SupervisionPolicy"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_supervision_policy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SupervisionPolicy"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SupervisionPolicy"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_system_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SystemHealth"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_tasks: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Only those that ask for this. */
                kind?: components["schemas"]["TaskKind"];
                /** @description Entries on a page, 1–200; 50 when left out. */
                limit?: number;
                /** @description `me`: one's own; `me_or_nobody`: one's own and those nobody has. */
                owner?: components["schemas"]["TaskWhose"];
                /** @description `pending`: not done, the oldest first; `done`: done, the newest first. All, the newest first, when left out. */
                state?: components["schemas"]["TaskProgress"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Task"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_task: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_task_audio: {
        parameters: {
            query?: never;
            header?: {
                Range?: string | null;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/wav": number[];
                };
            };
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/wav": number[];
                };
            };
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    close_task: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskClosing"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_task_note: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskNote"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reopen_task: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    take_task: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_teams: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Entries on a page, 1–200; 50 when left out. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Named"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_census: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CensusState"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_faults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FaultOrder"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_kill_points: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KillPoints"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_tokens: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Entries on a page, 1–200; 50 when left out. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Token"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewToken"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeToken"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoked. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_transfer_targets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransferTargets"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    visitor_call: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VisitorCallOffer"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorCall"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    visitor_hang_up: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                call_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Over, or was over. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthState"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthState"];
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Text format 0.0.4. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": unknown;
                };
            };
            /** @description A problem document; `code` says which. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
