//! The policy in force as a table, to be looked at.

use crate::app::App;
use crate::challenges::Call;
use crate::http::Failure;
use crate::staff::service::record_view;
use crate::staff::{About, Deed, Officer};
use shared::policy::Policy;
use shared::settings::institution::{PolicyValue, PolicyView};
use shared::staff::DeedName;

/// The policy, value by value. Who looks is written down.
pub(super) async fn show(app: &App, officer: &Officer, call: Call) -> Result<PolicyView, Failure> {
    let deed = Deed::seen(DeedName::PolicySeen, About::default());
    record_view(app, officer, &deed, call).await?;
    let values = flat(&app.policy)?;
    let profile = Policy::of(app.policy.profile);
    let standard: std::collections::BTreeMap<_, _> = flat(&profile)?.into_iter().collect();
    Ok(PolicyView {
        now: call.at,
        profile: app.policy.profile.name().to_owned(),
        values: values
            .into_iter()
            .map(|(path, value)| PolicyValue {
                profiles: standard.get(&path).filter(|theirs| **theirs != value).cloned(),
                path,
                value,
            })
            .collect(),
    })
}

/// Every value of a policy with its path, in the order of the document.
fn flat(policy: &Policy) -> Result<Vec<(String, String)>, Failure> {
    let document = toml::Table::try_from(policy).map_err(Failure::fault)?;
    let mut values = Vec::new();
    for (name, value) in document {
        gather(name, value, &mut values);
    }
    Ok(values)
}

fn gather(path: String, value: toml::Value, values: &mut Vec<(String, String)>) {
    match value {
        toml::Value::Table(table) => {
            for (name, inner) in table {
                gather(format!("{path}.{name}"), inner, values);
            }
        }
        toml::Value::String(text) => values.push((path, text)),
        value @ (toml::Value::Integer(_)
        | toml::Value::Float(_)
        | toml::Value::Boolean(_)
        | toml::Value::Datetime(_)
        | toml::Value::Array(_)) => values.push((path, value.to_string())),
    }
}
