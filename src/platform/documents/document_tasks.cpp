#include "platform/documents/document_tasks.hpp"

#include "kit/jobs/runner.hpp"
#include "kit/sql/database.hpp"
#include "platform/cases/cases.hpp"
#include "platform/catalog/catalog.hpp"
#include "platform/catalog/local_date.hpp"
#include "platform/documents/certificate.hpp"
#include "platform/tenancy/municipalities.hpp"
#include "process/runtime/runtime.hpp"

#include <utility>

namespace documents {

namespace {

// A mistake in a service package or in a case: trying again changes nothing, a person must look.
runtime::Answer for_a_person(std::string message)
{
    return runtime::Failed{.message = std::move(message), .retries = 0};
}

runtime::Answer completed(const Document& document)
{
    return runtime::Completed{{{"documentId", document.id.text}}};
}

std::string key_of(const runtime::Job& job)
{
    return "job/" + job.id.text;
}

Letterhead letterhead_of(const tenancy::Municipality& municipality)
{
    const auto& office = municipality.office;
    Letterhead letterhead{.municipality = municipality.name, .address = {}, .colour = municipality.colour};
    for (const auto& line :
         {office.name, office.street, office.postal_code + " " + office.town, office.phone, office.email})
        if (!line.empty() && line != " ")
            letterhead.address.push_back(line);
    return letterhead;
}

class DocumentMaker {
public:
    explicit DocumentMaker(TaskParts parts) : parts_(std::move(parts)) {}

    runtime::Answer make(const runtime::Job& job) const
    {
        const auto* case_id = job.variables.find("caseId");
        if (!case_id || !case_id->if_string())
            return for_a_person("the variable caseId, a text, expected");

        std::optional<cases::Case> ordered;
        {
            auto transaction = parts_.database.begin_read(job.tenant);
            if (const auto earlier = parts_.documents.find_by_key(transaction, key_of(job)))
                return completed(*earlier);
            ordered = parts_.cases.find(transaction, {*case_id->if_string()});
        }
        if (!ordered)
            return for_a_person("no such case: " + *case_id->if_string());
        const auto* package = parts_.catalog.find(ordered->service_id);
        if (!package)
            return for_a_person("no such service: " + ordered->service_id);
        const auto pattern = Template::parse(package->document);
        if (!pattern)
            return for_a_person(ordered->service_id + "/document.json: " + pattern.error().detail);
        const auto* municipality = parts_.municipalities.find_by_tenant(job.tenant);
        if (!municipality)
            return for_a_person("no such municipality: " + job.tenant.text);
        return make(job, *ordered, *pattern, *municipality);
    }

private:
    runtime::Answer make(
        const runtime::Job& job,
        const cases::Case& ordered,
        const Template& pattern,
        const tenancy::Municipality& municipality
    ) const
    {
        const Facts facts{
            .answers = ordered.answers,
            .register_data = ordered.register_data,
            .municipality = municipality.name,
            .reference = ordered.reference,
            .language = ordered.language,
            .now = parts_.clock.now(),
        };
        const auto language = pattern.language(facts);
        auto filled = pattern.fill(facts, language);
        if (!filled)
            return for_a_person(ordered.service_id + "/document.json: " + filled.error().detail);

        NewDocument made{
            .case_id = ordered.id,
            .key = key_of(job),
            .kind = ordered.service_id,
            .titles = pattern.titles(),
            .language = language,
            .initials = filled->initials,
            .code = parts_.documents.new_code(),
            .expires_at = pattern.expiry(facts.now),
            .content = {},
        };
        const auto url = parts_.public_address + "/pruefen/" + grouped(made.code);
        made.content = draw({
            .letterhead = letterhead_of(municipality),
            .content = std::move(*filled),
            .words = words(facts, language, municipality.office.town, made.code),
            .verification_url = url,
            .issued_at = facts.now,
        });
        return keep(job, made);
    }

    CertificateWords
    words(const Facts& facts, html::Language language, const std::string& town, const std::string& code) const
    {
        const auto text = [&](std::string_view key, const html::Arguments& arguments = {}) {
            return parts_.texts.text(language, "documents." + std::string(key), arguments);
        };
        const std::string tag(html::code_of(language));
        const auto date = html::show_date(language, catalog::local_date(facts.now));
        return {
            .language = language == html::Language::en ? tag : tag + "-CH",
            .place_and_date =
                text("place_and_date", {{"place", town.empty() ? facts.municipality : town}, {"date", date}}),
            .reference = text("reference", {{"reference", facts.reference}}),
            .verification = text("verification"),
            .explanation = text("verification_explained"),
            .code = text("code", {{"code", grouped(code)}}),
        };
    }

    runtime::Answer keep(const runtime::Job& job, const NewDocument& made) const
    {
        auto transaction = parts_.database.begin(job.tenant);
        const auto kept = parts_.documents.keep(transaction, made);
        if (kept.is_new)
            parts_.cases.record(
                transaction,
                made.case_id,
                {.at = parts_.clock.now(), .kind = "document_ready", .who = "system", .detail = {}}
            );
        transaction.commit();
        return completed(kept.document);
    }

    TaskParts parts_;
};

}  // namespace

std::span<const base::Setting> settings()
{
    static constexpr base::Setting declared[] = {
        {"documents.keep_for",
         "365d",
         "How long the content of an issued document can be read; its code stays."},
    };
    return declared;
}

std::function<runtime::Answer(const runtime::Job&)> document_worker(const TaskParts& parts)
{
    return [maker = DocumentMaker(parts)](const runtime::Job& job) { return maker.make(job); };
}

void register_workers(runtime::Runtime& runtime, const TaskParts& parts)
{
    runtime.register_worker("make-document", document_worker(parts));
}

void register_jobs(jobs::Runner& runner, const TaskParts& parts, std::chrono::seconds keep_for)
{
    runner.every("documents.purge", std::chrono::days(1), [parts, keep_for] {
        auto transaction = parts.database.begin_across_tenants();
        parts.documents.purge_issued_before(transaction, parts.clock.now() - keep_for);
        transaction.commit();
    });
}

}  // namespace documents
