//! A server in the place of `fetch`: answers by path, and what was asked of it.

use crate::scene::{TURNS, pause};
use serde_json::Value;
use wasm_bindgen::JsValue;

/// Answers for as long as it is there; then `fetch` is the browser's again.
pub(crate) struct Answers {
    desk: JsValue,
}

/// Puts a table of answers before `fetch`.
const INSTALL: &str = "
    const desk = { table: {}, asked: [], real: window.fetch };
    window.fetch = async (address, init) => {
        const path = String(address).replace('/api/v1/', '');
        desk.asked.push([path, init && init.body ? String(init.body) : 'null']);
        const [status, body] = desk.table[path] || [404, '{\"status\":404,\"code\":\"not_found\"}'];
        return new Response(body, { status });
    };
    return desk;
";

impl Answers {
    /// These answers: path, status, body.
    pub(crate) fn new<const N: usize>(table: [(&str, u16, Value); N]) -> Self {
        let desk = js_sys::Function::new_no_args(INSTALL)
            .call0(&JsValue::NULL)
            .unwrap();
        let answers = Self { desk };
        for (path, status, body) in table {
            answers.answer(path, status, body);
        }
        answers
    }

    /// From now on this answer.
    pub(crate) fn answer(&self, path: &str, status: u16, body: Value) {
        js_sys::Function::new_with_args("desk, path, status, body", "desk.table[path] = [status, body]")
            .call4(
                &JsValue::NULL,
                &self.desk,
                &path.into(),
                &status.into(),
                &body.to_string().into(),
            )
            .unwrap();
    }

    /// The bodies that were sent to a path.
    pub(crate) fn asked(&self, path: &str) -> Vec<Value> {
        let found = js_sys::Function::new_with_args(
            "desk, path",
            "return '[' + desk.asked.filter(one => one[0] === path).map(one => one[1]).join() + ']'",
        )
        .call2(&JsValue::NULL, &self.desk, &path.into())
        .unwrap();
        serde_json::from_str(&found.as_string().unwrap()).unwrap()
    }

    /// Waits until something was sent to a path.
    pub(crate) async fn until_asked(&self, path: &str) {
        for _ in 0..TURNS {
            if !self.asked(path).is_empty() {
                return;
            }
            pause().await;
        }
        panic!("nothing was sent to {path}");
    }
}

impl Drop for Answers {
    fn drop(&mut self) {
        js_sys::Function::new_with_args("desk", "window.fetch = desk.real")
            .call1(&JsValue::NULL, &self.desk)
            .unwrap();
    }
}
