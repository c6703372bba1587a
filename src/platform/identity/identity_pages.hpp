#pragma once

#include "kit/json/json.hpp"
#include "platform/identity/doorkeeper.hpp"
#include "platform/identity/show.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sql {
class Database;
class Transaction;
}  // namespace sql

namespace identity {

class Accounts;
class AddressChange;
class Leaving;
class SecondStep;
class Sessions;
struct Entry;

// What the login pages need from the rest of the program.
struct PageParts {
    sql::Database& database;
    Sessions& sessions;
    Accounts& accounts;
    SecondStep& second_step;
    Leaving& leaving;
    AddressChange& address_change;
    const Doorkeeper& doorkeeper;
    const html::Texts& texts;
    Show show;
    std::string public_address;  // "https://schalter.ag.ch", for links in mails
    // Puts a mail into the outbox within the transaction.
    std::function<void(sql::Transaction&, std::string_view to, std::string subject, std::string body)> post;
    // What was ordered with this e-mail address, as somebody may keep it.
    std::function<json::Value(std::string_view email)> orders_of;
    // False when this key (an address, a caller) has tried too often just now.
    std::function<bool(std::string_view key)> may_try;
};

// /schalter/anmelden, /schalter/abmelden, /konto/anmelden, /konto/anmelden/{token}, /konto/abmelden,
// /konto/sicherheit and what lies below it, /konto/loeschen, /konto/daten, /konto/adresse/{token}.
std::vector<http::Route> routes(const PageParts& parts);

}  // namespace identity
